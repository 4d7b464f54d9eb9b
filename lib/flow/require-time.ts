import { ArgumentError } from '../errors.ts'

/** The longest that a timer can wait (Node fires at once beyond it): 24 days. */
export const MAX_TIMER_MS = 2 ** 31 - 1

/** Which times are none that could be meant. */
export interface TimeRange {
  /** Default false: more than 0. */
  readonly mayBeZero?: boolean | undefined
  /** Whether Infinity is allowed, for "never". Default false. */
  readonly mayBeInfinite?: boolean | undefined
}

/**
 * Returns milliseconds that can be waited for. Throws ArgumentError (BAD_ARGUMENT) that names `what`, where a timer would fire
 * at once, or never.
 */
export const requireTime = (
  what: string,
  ms: number,
  { mayBeZero = false, mayBeInfinite = false }: TimeRange = {},
): number => {
  const isTime = typeof ms === 'number' && (mayBeZero ? ms >= 0 : ms > 0) && ms <= MAX_TIMER_MS
  if (!isTime && !(mayBeInfinite && ms === Infinity))
    throw new ArgumentError(
      `expected ${what} in milliseconds, ${mayBeZero ? 'from' : 'more than'} 0 and up to ${MAX_TIMER_MS}${mayBeInfinite ? ' (or Infinity, for no limit)' : ''}, got ${typeof ms === 'number' ? ms : JSON.stringify(ms)}`,
    )
  return ms
}
