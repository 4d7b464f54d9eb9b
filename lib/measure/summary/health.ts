import type { LatencySummary } from '../latency.ts'

/** How the generator itself was. A run of which it was the bottleneck says nothing of the switch. */
export interface Health {
  /** False where the generator was the bottleneck; `reasons` says why. */
  readonly valid: boolean
  readonly reasons: readonly string[]
  /** From when the schedule wanted a call to when its command was sent. */
  readonly launchLagMs: LatencySummary
  /** How late Node's event loop was. Nulls in virtual time. */
  readonly loopDelayMs: LatencySummary
  /** How much later than the quickest of them the answers reached us: events that waited, with the switch or here. */
  readonly eventLagMs: LatencySummary
  /** CPU time of this process from the first launch on, the embedded switch's included where that runs in it. */
  readonly cpu: {
    readonly userMs: number
    readonly systemMs: number
    /** A call that was launched; null without any. */
    readonly perCallMs: number | null
    /** The same for the second half of the time in which calls were placed: without what a start costs. */
    readonly secondHalfPerCallMs: number | null
  }
}
