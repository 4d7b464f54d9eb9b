import type { Clock } from '../clock.ts'
import { requireTime } from '../flow/require-time.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'

/** What can be brought to an end without cutting anybody off. */
export interface Drainable {
  drain(): Promise<void>
  hupall(options?: { cause?: HangupCause }): Promise<number>
  close(): Promise<void>
}

/** How a service, or what calls are handed over to, ends. */
export interface ShutDownOptions {
  /** How long running calls get, in ms. Default 30 000. */
  readonly grace?: number | undefined
}

/** How long a hangup may take to be heard of, in ms, before the switches are left alone with it. */
const HANGUP_TIMEOUT = 5000

/** Whether it settled within so many milliseconds. */
export const within = (clock: Clock, promise: Promise<unknown>, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = clock.setTimeout(() => resolve(false), ms)
    const over = (): void => {
      clock.clearTimeout(timer)
      resolve(true)
    }
    promise.then(over, over)
  })

/**
 * No more calls; up to `grace` ms for those that it has; then the rest of those is hung up, and all is closed. Calls of others
 * stay as they are.
 */
export const shutDown = async (clock: Clock, what: Drainable, grace = 30_000): Promise<number> => {
  requireTime('grace', grace, { mayBeZero: true })
  const drained = what.drain()
  let left = 0
  if (!(await within(clock, drained, grace))) {
    left = await what.hupall().catch(() => 0)
    await within(clock, drained, HANGUP_TIMEOUT)
  }
  await what.close()
  return left
}
