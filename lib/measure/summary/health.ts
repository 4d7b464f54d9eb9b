import type { LatencySummary } from '../latency.ts'

/**
 * How the generator was. A run that is not valid did not place the load that was asked for as it was asked for: its figures
 * are those of another load.
 */
export interface Health {
  /** False where calls were not launched in time, or events not read in time; `reasons` says what. */
  readonly valid: boolean
  /**
   * What was in the way of a run that is not valid: the generator itself; the machine, which was busy with other work and did not let this
   * process run; or the bound on originates in flight, for a switch
   * that is slow to place calls, and calls that ring for long, take it up. Null where the run is valid, or never began.
   */
  readonly bottleneck: 'generator' | 'machine' | 'jobs' | null
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

const WHY: Readonly<Record<NonNullable<Health['bottleneck']>, string>> = {
  generator: 'the generator itself was the bottleneck',
  machine: 'the machine was busy with other work, and did not let the generator run',
  jobs: 'as many originates were in flight as may be (--jobs), for a switch was slow to place calls, or they rang for long',
}

/** Why a run is not valid, in short. */
export const whyNotValid = ({ bottleneck }: Pick<Health, 'bottleneck'>): string =>
  bottleneck === null ? 'no call was placed' : WHY[bottleneck]
