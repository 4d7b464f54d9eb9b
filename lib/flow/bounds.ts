import { AbortedError, TimeoutError } from '../errors.ts'
import type { Clock } from '../clock.ts'
import { onAbort } from './on-abort.ts'
import { requireTime } from './require-time.ts'

/** Bounds on a wait: milliseconds, more than 0 (rejects with TimeoutError), and a signal (rejects with AbortedError). */
export interface WaitOptions {
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Throws ArgumentError (BAD_ARGUMENT) for a timeout that is none: NaN, 0, negative, beyond what a timer can wait. */
export const requireBounds = ({ timeout }: WaitOptions): void => {
  if (timeout !== undefined && timeout !== Infinity)
    requireTime('a timeout', timeout, { mayBeInfinite: true })
}

/** What takes away no bounds. */
export const unbound = (): void => undefined

/** Calls `giveUp` when a bound of the wait for `what` is met. Gives what takes the bounds away again. */
export const setBounds = (
  clock: Clock,
  what: string,
  { timeout, signal }: WaitOptions,
  giveUp: (error: Error) => void,
): (() => void) => {
  if (signal === undefined && (timeout === undefined || timeout === Infinity)) return unbound
  const abort = (): void => giveUp(new AbortedError(what, signal?.reason))
  const timer =
    timeout === undefined || timeout === Infinity
      ? undefined
      : clock.setTimeout(() => giveUp(new TimeoutError(what, timeout)), timeout)
  const stop = signal && onAbort(signal, abort)
  return () => {
    clock.clearTimeout(timer)
    stop?.()
  }
}
