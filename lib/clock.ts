/** What `Clock.setTimeout` gives; only good for `clearTimeout` of the same clock. */
export type TimerHandle = object

/**
 * All time in switchix comes from one of these: the machine's, or a virtual one, in which an hour of load takes as long
 * as its computations do.
 */
export interface Clock {
  /**
   * Whether all that lives by it is in this process: ids may come from a seed then, for nobody else's can meet them. Left
   * out: no.
   */
  readonly virtual?: boolean
  /** Milliseconds since the epoch, with a fraction. Never goes back. */
  now(): number
  /**
   * Calls `fn` once, `ms` milliseconds from now. A `background` timer (a heartbeat, a watchdog) keeps nothing going by
   * itself: the process may end without it, and a virtual clock does not run on for it.
   */
  setTimeout(fn: () => void, ms: number, background?: boolean): TimerHandle
  /** Takes a timer back; one that has fired, or none, is no error. */
  clearTimeout(timer: TimerHandle | undefined): void
}

/** Node clamps longer delays to 1 ms; a wait that long is for ever to a call. */
const LONGEST_DELAY = 2 ** 31 - 1

/** The machine's clock: monotonic, so that a correction of the wall clock neither fires nor delays a timer. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout(fn, ms, background = false) {
    const timer = setTimeout(fn, Math.min(ms, LONGEST_DELAY))
    if (background) timer.unref()
    return timer
  },
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
}

/** Resolves after `ms` milliseconds of the clock. */
export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => clock.setTimeout(resolve, ms))
