import { Command, InvalidArgumentError, Option } from 'commander'
import { BUILT_IN_APPS, type BuiltInApp } from '../apps/registry.ts'
import { count, duration, rate } from './values.ts'

/** The options of `switchix dial`, as they were typed. */
export interface DialOptions {
  readonly rate: number
  readonly limit?: number
  readonly maxOffered?: number
  readonly duration?: number
  readonly app: BuiltInApp
  readonly profile: string
  readonly proxy?: string
  readonly destUrl?: string
  readonly password?: string
  readonly cdr?: string
  readonly summary?: string
}

const DEFAULT_APP = 'TonePlay'

const builtIn = (text: string): BuiltInApp => {
  const app = BUILT_IN_APPS.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  if (!app) {
    const names = BUILT_IN_APPS.map(({ name }) => name).join(', ')
    throw new InvalidArgumentError(`There is no app "${text}"; there are ${names}.`)
  }
  return app
}

const address = (text: string): string => {
  if (!/^[^\s:@]+(:\d+)?$/.test(text))
    throw new InvalidArgumentError(`Expected host or host:port, got "${text}".`)
  return text
}

const EXAMPLES = `
Examples:
  switchix dial                                  on the embedded switch, until Ctrl-C
  switchix dial sim --rate 50 --max-offered 500  500 calls at 50 a second on the embedded switch
  switchix dial 10.0.0.1 --rate 20 --limit 100   on a FreeSWITCH, whose calls come back to its own profile and are parked
  switchix dial fs1 fs2 --proxy 10.0.0.9         through a device under test, two FreeSWITCHes taking turns

Exit codes: 0 all went as asked, 1 calls failed or were dropped, 2 usage, 3 the switch could not be reached,
130 interrupted.`

/** `switchix dial`: the command, its options and what they may be. */
export const dialCommand = (): Command =>
  new Command('dial')
    .description('place calls at a rate, and say what became of them')
    .argument('[hosts...]', 'FreeSWITCH servers, host or host:port; "sim", or none, is the embedded switch')
    .option('--rate <cps>', 'calls per second', rate, 30)
    .option('--limit <calls>', 'calls that may be up at once (default: no limit)', count)
    .option('--max-offered <calls>', 'stop after so many calls (default: go on until Ctrl-C)', count)
    .option(
      '--duration <time>',
      'how long a call is held: 500ms, 10s, 2m (default: what keeps the limit up, or 5s)',
      duration,
    )
    .addOption(
      new Option('--app <name>', 'what the calls do: ' + BUILT_IN_APPS.map(({ name }) => name).join(', '))
        .argParser(builtIn)
        .default(builtIn(DEFAULT_APP), DEFAULT_APP),
    )
    .option('--profile <name>', 'SIP profile that places the calls', 'external')
    .option('--proxy <host:port>', 'first hop of the calls: the device under test', address)
    .option('--dest-url <uri>', 'Request-URI of the calls (default: park@ the profile of the same switch)')
    .option('--password <text>', "the Event Socket's password (default: ClueCon)")
    .option('--cdr <file>', 'write a CSV row for each call')
    .option('--summary <file>', 'write the summary as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (hosts: string[], options: DialOptions) => {
      // Loaded when it is needed: `--help` must not wait for it.
      const { dial } = await import('./run-dial.ts')
      process.exitCode = await dial(hosts, options)
    })
