import type { Clock } from '../clock.ts'
import { ArgumentError } from '../errors.ts'
import type { CallDetailRecord } from '../measure/cdr.ts'
import type { OriginateOptions } from '../service/client.ts'
import type { DialNodesOptions } from './dial-nodes.ts'

export interface OriginatorOptions
  extends Omit<OriginateOptions, 'uuid' | 'app' | 'profile'>, DialNodesOptions {
  /** Calls per second over all nodes. Default 30. */
  readonly rate?: number | undefined
  /** Calls that may be up at once; an arrival that finds them all up is dropped. Default: no limit. */
  readonly limit?: number | undefined
  /** Ends the run after so many arrivals. Default: no end. */
  readonly maxOffered?: number | undefined
  /**
   * How long an answered call is held, in ms; 0: for ever. Default: so long that the limit is kept up, limit / rate; or 5 s
   * where there is no limit.
   */
  readonly duration?: number | undefined
  /** Default: the clock of the first switch's client. */
  readonly clock?: Clock | undefined
  /** Called with the row of each call that is over. */
  readonly onCdr?: ((cdr: CallDetailRecord) => void) | undefined
}

/** How long a call is held, in ms; 0: until somebody else ends it. */
export interface Hold {
  readonly ms: number
  readonly from: 'answer' | 'launch'
}

/** What the release of a call takes before it counts as ended, in ms; half of a short call at most. */
const RELEASE = 100

/**
 * As long as was asked for, from the answer. Where only a limit was given: so long that `rate` calls a second keep `limit`
 * calls up (Erlang: A = λ·h). That h is the whole time a call takes up, so it counts from the launch, and is cut by what
 * the release takes: the limit is reached, and nothing is dropped for it.
 */
export const holdOf = ({ rate = 30, limit = Infinity, duration }: OriginatorOptions): Hold => {
  if (duration !== undefined) return { ms: duration, from: 'answer' }
  if (!Number.isFinite(limit)) return { ms: 5000, from: 'answer' }
  const occupancy = (limit / rate) * 1000
  return { ms: occupancy - Math.min(RELEASE, occupancy / 2), from: 'launch' }
}

/** Refuses what makes no sense. Throws ArgumentError (BAD_ARGUMENT). The rate is the arrivals' to check. */
export const requireOptions = ({ limit = 1, maxOffered = 1, duration = 0 }: OriginatorOptions): void => {
  if (!(limit >= 1)) throw new ArgumentError(`expected a limit of at least 1 call, got ${limit}`)
  if (!(maxOffered >= 1)) throw new ArgumentError(`expected maxOffered to be at least 1, got ${maxOffered}`)
  if (!(duration >= 0)) throw new ArgumentError(`expected a duration of 0 ms or more, got ${duration}`)
}
