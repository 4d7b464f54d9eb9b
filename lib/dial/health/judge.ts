import { availableParallelism, loadavg } from 'node:os'
import type { LatencySummary } from '../../measure/latency.ts'
import type { Health } from '../../measure/summary/health.ts'
import type { Tally } from '../tally.ts'

/** What became of the arrivals: `Tally`. */
export type Arrivals = Pick<Tally, 'offered' | 'launched' | 'waitedTooLong'> & {
  readonly droppedBy: Readonly<Pick<Tally['droppedBy'], 'late'>>
}

/** From where on a run is not valid: the 99th percentiles in ms, and the share of late arrivals. */
export const LIMITS = { launchLag: 200, loopDelay: 200, eventLag: 1000, late: 0.001 } as const

/** How many of a hundred are over a 99th percentile. */
const BEYOND_P99 = 0.01

/** What took its time because as many originates were in flight as may be. */
const FOR_JOBS = 'for the originates in flight (--jobs) that came before'

/** From here on it was the machine that made the event loop late, not what this process did. */
const MOSTLY = 0.5

const notRunning = (share: number): string =>
  `${(100 * share).toFixed(0)} % of the time that the event loop was late, this process was not running ` +
  `(load ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} processors)`

const lateOf = ({ offered, droppedBy: { late }, waitedTooLong }: Arrivals): string =>
  `${late} of ${offered} arrivals came too late to be launched` +
  (waitedTooLong > 0 ? `, ${waitedTooLong} of them ${FOR_JOBS}` : '')

/**
 * Whether a run is valid, and why not. `readLag`: how late events were read, without what others held them back;
 * `lateByItself`: calls that were launched late without the time that they waited for others; `machineShare`: how much of the
 * event loop's lateness was time in which this process did not run.
 */
export const judge = (
  { launchLagMs, loopDelayMs }: Pick<Health, 'launchLagMs' | 'loopDelayMs'>,
  readLag: LatencySummary,
  arrivals: Arrivals & { readonly lateByItself: number; readonly machineShare?: number | null },
): Pick<Health, 'valid' | 'bottleneck' | 'reasons'> => {
  const { offered, launched, droppedBy, waitedTooLong, lateByItself, machineShare = null } = arrivals
  const over = (what: string, { p99 }: LatencySummary, limit: number, why = ''): string[] =>
    p99 !== null && p99 > limit ? [`${what}: p99 ${p99.toFixed(1)} ms, more than ${limit} ms${why}`] : []
  const launches = lateByItself > launched * BEYOND_P99
  const own = [
    ...over('the event loop was late', loopDelayMs, LIMITS.loopDelay),
    ...over('events were read late', readLag, LIMITS.eventLag),
  ]
  const reasons = [
    ...(droppedBy.late > offered * LIMITS.late ? [lateOf(arrivals)] : []),
    ...over('calls were launched late', launchLagMs, LIMITS.launchLag, launches ? '' : `, ${FOR_JOBS}`),
    ...own,
  ]
  const generator = own.length > 0 || launches || droppedBy.late - waitedTooLong > offered * LIMITS.late
  const valid = reasons.length === 0
  if (valid) return { valid, bottleneck: null, reasons }
  if (!generator) return { valid, bottleneck: 'jobs', reasons }
  if (machineShare === null || machineShare < MOSTLY) return { valid, bottleneck: 'generator', reasons }
  return { valid, bottleneck: 'machine', reasons: [...reasons, notRunning(machineShare)] }
}
