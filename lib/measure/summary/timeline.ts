/**
 * How a run went: samples from its start to its end, one column a figure. Counts are of the run so far, so that two samples
 * give what happened between them. Where a run is long, every other sample is left out, again and again.
 */
export interface Timeline {
  /** When each sample was taken, in ms since the start. */
  readonly atMs: readonly number[]
  readonly offered: readonly number[]
  readonly launched: readonly number[]
  readonly dropped: readonly number[]
  readonly answered: readonly number[]
  readonly failed: readonly number[]
  /** Calls that were up at that time. */
  readonly active: readonly number[]
  /** Calls per second that were wanted at that time; null where the traffic does not tell. */
  readonly askedPerSecond: readonly (number | null)[]
  /** The longest that a call was launched late since the sample before; null without one. */
  readonly launchLagMaxMs: readonly (number | null)[]
  /** The longest that the event loop was late since the sample before. */
  readonly loopDelayMaxMs: readonly number[]
  /** CPU time of this process since its start. */
  readonly cpuMs: readonly number[]
}
