import { exponential, lognormal, type HoldTimes } from '../dial/hold.ts'
import { dialString, type DialString } from '../esl/dial-string.ts'
import { csvFields } from '../dial/destination/csv-fields.ts'
import type { OriginatorOptions } from '../dial/options.ts'
import { recordedArrivals, recordedHolds } from '../dial/recorded.ts'
import { sine, stages, steps, type Rates } from '../dial/traffic/rates.ts'
import { evenly, poisson, type Traffic } from '../dial/traffic/traffic.ts'
import { ArgumentError } from '../errors.ts'
import type { DialOptions } from './dial-options.ts'
import { loadAppSource } from './load-app.ts'
import type { HoldText } from './values.ts'

/** At most one of these says how the rate goes. */
const SHAPES = ['stages', 'steps', 'sine', 'replay'] as const

const ratesOf = ({ stages: staged, steps: stepped, sine: wave, rate }: DialOptions): Rates | undefined => {
  if (staged) return stages(staged, rate)
  if (stepped) return steps(...stepped)
  return wave && sine(...wave)
}

const trafficOf = async (options: DialOptions): Promise<Pick<OriginatorOptions, 'traffic' | 'rate'>> => {
  const given = SHAPES.filter((name) => options[name] !== undefined)
  if (given.length > 1)
    throw new ArgumentError(`expected one of ${given.map((name) => `--${name}`).join(' and ')}, not both`)
  // A rate is where the first of the stages begins; beside any other shape it means nothing.
  if (options.rate !== undefined && given.length > 0 && given[0] !== 'stages')
    throw new ArgumentError(`expected --rate or --${given[0] ?? ''}, not both`)
  if (options.replay !== undefined) return { traffic: await recordedArrivals(options.replay) }
  const space: (rates?: Rates) => Traffic = options.model === 'poisson' ? poisson : evenly
  const rates = ratesOf(options)
  return rates ? { traffic: space(rates) } : { traffic: space(), rate: options.rate }
}

const holdOf = async (hold: HoldText | undefined): Promise<number | HoldTimes | undefined> => {
  switch (hold?.kind) {
    case 'file':
      return recordedHolds(hold.path)
    case 'exponential':
      return exponential(hold.ms)
    case 'lognormal':
      return lognormal(hold.ms, hold.deviation)
    default:
      return hold?.ms
  }
}

/** A report shows the CPU of the switches, too. */
const measuresOf = ({ measure = [], report }: DialOptions): readonly string[] =>
  report === undefined || measure.some((source) => /^SysStats\b/.test(source))
    ? measure
    : [...measure, 'SysStats']

/** What is typed is the author's own words; what the columns of a file hold is not, and never gets into a dial string. */
const destOf = ({ destUrl, dialString: whole }: DialOptions): string | DialString | undefined => {
  if (whole === undefined) return destUrl
  if (destUrl !== undefined) throw new ArgumentError('expected either --dest-url or --dial-string, got both')
  return dialString(whole)
}

/** The load that was asked for, its files read and its apps loaded. Rejects with ArgumentError and AppLoadError. */
export const loadOf = async (options: DialOptions): Promise<OriginatorOptions> => {
  const { fields, header, var: vars, ringTimeout: timeout, threshold: thresholds } = options
  const named = await Promise.all(
    options.app.map(async ([source, weight]) => [await loadAppSource(source), weight] as const),
  )
  const measurers = await Promise.all(measuresOf(options).map((source) => loadAppSource(source)))
  const { limit, nodeLimit, maxOffered, runFor, profile, gateway, proxy, codec } = options
  const { callerIdName, callerIdNumber, jobs, seed, raiseLimits } = options
  return {
    ...(await trafficOf(options)),
    limit,
    nodeLimit,
    maxOffered,
    runFor,
    duration: await holdOf(options.duration),
    apps: named.map(([app, weight]) => [() => app.create(), weight] as const),
    dest: destOf(options),
    profile,
    gateway,
    proxy,
    codec,
    callerIdName,
    callerIdNumber,
    headers: header && Object.fromEntries(header),
    vars: vars && Object.fromEntries(vars),
    timeout,
    fields: fields === undefined ? undefined : csvFields(fields, { once: options.fieldsOnce ?? false }),
    jobs,
    seed,
    raiseLimits,
    thresholds,
    measurers: measurers.map((app) => () => app.create()),
  }
}
