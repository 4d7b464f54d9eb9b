import type { Clock } from '../clock.ts'
import { ArgumentError } from '../errors.ts'
import type { PlacedCallRecord } from '../measure/cdr/cdr.ts'
import type { Call } from '../model/call.ts'
import { parseThreshold } from '../measure/threshold.ts'
import type { AppSource } from '../service/factory.ts'
import type { DialAppsOptions } from './apps.ts'
import type { CallOptions } from './destination/call-options.ts'
import type { Fields } from './destination/template.ts'
import type { FieldSource } from './destination/field-source.ts'
import { runMetrics } from './metrics.ts'
import type { DialNodesOptions } from './nodes/dial-nodes.ts'
import { requireSettings, type Settings } from './settings.ts'
import { evenly, type Traffic } from './traffic/traffic.ts'

/** The settings of the load, to begin with. Default: 30 calls a second without any limit. */
type FirstSettings = { readonly [K in keyof Omit<Settings, 'weights'>]?: Settings[K] | undefined }

export interface OriginatorOptions extends CallOptions, FirstSettings, DialAppsOptions, DialNodesOptions {
  /** How calls arrive. Default: evenly, at the rate. One that has rates of its own takes the place of `rate`. */
  readonly traffic?: Traffic | undefined
  /** Ends the run after so many milliseconds of placing calls, pauses left out. Default: no end. */
  readonly runFor?: number | undefined
  /** What the fields in the texts of a call stand for: `{user}` in `dest`, `vars`, `headers`, caller ids… */
  readonly fields?: FieldSource | undefined
  /**
   * Settles what is drawn: arrivals, hold times; in virtual time the calls' uuids, too. Default: another one each time,
   * told in the summary.
   */
  readonly seed?: number | undefined
  /** Originates in flight on each node; more of them wait for a turn. Default 1000. */
  readonly jobs?: number | undefined
  /** Raises a switch's `sps` and `max_sessions` where they are under what is needed, and puts them back. Default false. */
  readonly raiseLimits?: boolean | undefined
  /** What the run must have kept to, judged in its summary: `setup.p95<300ms`, `asr>0.98` (k6's grammar). */
  readonly thresholds?: readonly string[] | undefined
  /** Apps that measure beside the calls, one for all switches: they see each event of the calls before the calls' apps. */
  readonly measurers?: readonly AppSource[] | undefined
  /** Default: the clock of the first switch's client. */
  readonly clock?: Clock | undefined
  /**
   * Called with the row of each call that is over; the call itself, where the switch had made a session of it; and the fields that it
   * was filled with.
   */
  readonly onCdr?: ((cdr: PlacedCallRecord, call: Call | undefined, fields: Fields) => void) | undefined
}

/** The rate where none is given, in calls per second. */
export const DEFAULT_RATE = 30

/** The traffic, and what it is scaled by: one without rates of its own is one call a second, times the rate. */
export const trafficOf = ({ traffic = evenly(), rate }: OriginatorOptions): [Traffic, scale: number] => {
  if (!traffic.rates) return [traffic, rate ?? DEFAULT_RATE]
  if (rate === undefined) return [traffic, 1]
  throw new ArgumentError('expected either a rate, or traffic that has rates of its own, got both')
}

/** Refuses what makes no sense. Throws ArgumentError (BAD_ARGUMENT). */
export const requireOptions = (options: OriginatorOptions): void => {
  requireSettings(options as Partial<Settings>)
  const { runFor = 1, jobs = 1, app, apps } = options
  if (!(runFor > 0)) throw new ArgumentError(`expected a run of more than 0 ms, got ${runFor}`)
  if (!(jobs >= 1)) throw new ArgumentError(`expected at least 1 job in flight, got ${jobs}`)
  for (const text of options.thresholds ?? [])
    parseThreshold(
      text,
      runMetrics(() => undefined),
    )
  if (app !== undefined && apps) throw new ArgumentError('expected either app or apps, got both')
}
