import { Option } from 'commander'
import type { PrometheusAddress } from '../dial/export/prometheus.ts'
import type { Stage } from '../dial/traffic/rates.ts'
import { passwordOptions, type PasswordOptions } from './password.ts'
import * as value from './values.ts'

/** The options of `switchix dial`, whichever way they were given. */
export interface DialOptions extends PasswordOptions {
  readonly rate?: number
  readonly model: 'even' | 'poisson'
  readonly stages?: readonly Stage[]
  readonly steps?: readonly Stage[]
  readonly sine?: ReturnType<typeof value.sineWave>
  readonly replay?: string
  readonly limit?: number
  readonly nodeLimit?: number
  readonly maxOffered?: number
  readonly runFor?: number
  readonly duration?: value.HoldText
  readonly app: readonly ReturnType<typeof value.appShare>[]
  readonly profile: string
  readonly gateway?: string
  readonly proxy?: string
  readonly destUrl?: string
  readonly dialString?: string
  readonly fields?: string
  readonly fieldsOnce?: boolean
  readonly codec?: string
  readonly callerIdName?: string
  readonly callerIdNumber?: string
  readonly header?: readonly (readonly [string, string])[]
  readonly var?: readonly (readonly [string, string])[]
  readonly ringTimeout?: number
  readonly jobs?: number
  readonly seed?: number
  readonly raiseLimits?: boolean
  readonly threshold?: readonly string[]
  readonly measure?: readonly string[]
  readonly cdr?: string
  readonly cdrFields?: readonly string[]
  readonly summary?: string
  readonly junit?: string
  readonly report?: string
  readonly prometheus?: PrometheusAddress
}

/** Several, by giving the option again; what was a default does not stay. */
const several =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[] | undefined): readonly T[] => [
    ...(before && !DEFAULTS.has(before) ? before : []),
    parse(text),
  ]

const DEFAULT_APP = [value.appShare('TonePlay')]
const DEFAULTS = new Set<unknown>([DEFAULT_APP])

const text = (given: string): string => given

const option = (
  flags: string,
  description: string,
  parse?: (text: string, before: never) => unknown,
): Option => {
  const made = new Option(flags, description)
  if (parse) made.argParser(parse as (text: string, before: unknown) => unknown)
  // --max-offered is SWITCHIX_MAX_OFFERED.
  return made.env(`SWITCHIX_${made.name().toUpperCase().replaceAll('-', '_')}`)
}

/** All options, in the order of the help. */
export const dialOptions = (): readonly Option[] => [
  option('--rate <cps>', 'calls per second (default: 30)', value.rateOrNone),
  option('--model <name>', 'how calls are spaced').choices(['even', 'poisson']).default('even'),
  option(
    '--stages <list>',
    'rates reached in straight lines, as in k6: 10s:50,1m:200,10s:0',
    value.stageList,
  ),
  option('--steps <list>', 'rates held for their time: 10s:50,1m:200', value.stageList),
  option('--sine <m,a,t>', 'rates around a mean: mean, amplitude, period: 50,20,1m', value.sineWave),
  option('--replay <file>', 'arrivals as recorded: a CDR file, or milliseconds one a line'),
  option('--limit <calls>', 'calls that may be up at once (default: no limit)', value.count),
  option('--node-limit <calls>', 'calls that may be up at once on each server', value.count),
  option('--max-offered <calls>', 'stop after so many calls (default: go on until Ctrl-C)', value.count),
  option('--run-for <time>', 'stop placing calls after so long: 30s, 10m', value.duration),
  option(
    '--duration <time>',
    'how long a call is held: 500ms, 10s, 2m, exponential:10s, lognormal:10s,5s, file:holds.csv (default: what keeps the limit up, or 5s)',
    value.holdText,
  ),
  option(
    '--app <name>',
    'what the calls do: TonePlay, Bert/timeout=5s, ./mine.ts:app; with a share: Bert@33; may be repeated',
    several(value.appShare),
  ).default(DEFAULT_APP, 'TonePlay'),
  option('--profile <name>', 'SIP profile that places the calls').default('external'),
  option('--gateway <name>', 'gateway that places the calls, in place of a profile'),
  option('--proxy <host:port>', 'first hop of the calls: the device under test', value.address),
  option(
    '--dest-url <uri>',
    'where the calls go, with fields in braces: {user}@{host} (default: park@{profile}, the same server)',
  ),
  option(
    '--dial-string <text>',
    'a whole dial string in place of it, as it stands, without fields: user/1000',
  ),
  option('--fields <file>', 'CSV file whose columns are the fields, a row for each call'),
  option('--fields-once', 'stop after the last row (default: begin again)'),
  option('--codec <names>', 'the codecs that are offered: PCMU, or PCMU,G722'),
  option('--caller-id-name <text>', 'name of the caller'),
  option('--caller-id-number <text>', 'number of the caller'),
  option(
    '--header <name=value>',
    'SIP header of the calls: X-Campaign=7; may be repeated',
    several(value.pair('a header')),
  ),
  option(
    '--var <name=value>',
    'channel variable of the calls; may be repeated',
    several(value.pair('a variable')),
  ),
  option('--ring-timeout <time>', 'how long a call may ring (default: 1m)', value.duration),
  option('--jobs <count>', 'originates in flight on each server (default: 1000)', value.count),
  option('--seed <number>', 'gives the same run again', value.seed),
  option(
    '--raise-limits',
    "raise the servers' sps and max_sessions where they are too low, and put them back",
  ),
  option(
    '--threshold <test>',
    'what the run must keep to: setup.p95<300ms, asr>0.98, failed==0; may be repeated',
    several(text),
  ),
  ...passwordOptions(),
  option(
    '--measure <app>',
    'app that measures beside the calls: SysStats, SysStats/interval=500ms; may be repeated',
    several(text),
  ),
  option(
    '--cdr <file>',
    'write a row for each call: CSV, or lines of JSON (.ndjson); what is measured goes beside it',
  ),
  option(
    '--cdr-fields <names>',
    'fields of the calls that the rows have, too, each as field_NAME: user,host (default: none)',
    value.names,
  ),
  option('--summary <file>', 'write the summary as JSON'),
  option('--report <file>', 'write a report, one HTML page by itself; SysStats is measured for it'),
  option('--junit <file>', "write the thresholds, and whether the run is valid, as JUnit's XML"),
  option(
    '--prometheus <[host]:port>',
    'serve counters and histograms of the run at /metrics: 9464 (this machine only), :9464 (all addresses)',
    value.listenAddress,
  ),
]
