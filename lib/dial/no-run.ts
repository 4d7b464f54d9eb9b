import type { LatencySummary } from '../measure/latency.ts'
import { parseThreshold } from '../measure/threshold.ts'
import { runMetrics } from './metrics.ts'
import { figuresOf, ratesOf, type RunSummary } from './summary.ts'
import { createTally } from './tally.ts'

const NOTHING: LatencySummary = { avg: null, p50: null, p95: null, p99: null, max: null }

/** Creates the summary of a run that never began: why, and that nothing was measured. */
export const summaryOfNoRun = (
  outcome: 'interrupted' | 'unreachable' | 'failed',
  error: string,
  { seed = 0, thresholds = [] }: { readonly seed?: number; readonly thresholds?: readonly string[] } = {},
): RunSummary => {
  const tally = createTally()
  const none = runMetrics(() => undefined)
  return {
    schemaVersion: 1,
    outcome,
    error,
    files: [],
    startedAt: null,
    seed,
    ...figuresOf(tally, []),
    callsPerSecond: ratesOf(tally),
    metrics: tally.metrics.summary(),
    measures: {},
    panels: {},
    durationMs: 0,
    originatingMs: 0,
    health: {
      valid: false,
      bottleneck: null,
      reasons: ['no call was placed'],
      launchLagMs: NOTHING,
      loopDelayMs: NOTHING,
      eventLagMs: NOTHING,
      cpu: { userMs: 0, systemMs: 0, perCallMs: null, secondHalfPerCallMs: null },
    },
    timeline: {
      atMs: [], offered: [], launched: [], dropped: [], answered: [], failed: [], active: [], askedPerSecond: [],
      launchLagMaxMs: [], loopDelayMaxMs: [], cpuMs: [],
    }, // prettier-ignore
    thresholds: thresholds.map((text) => parseThreshold(text, none).judge()),
    warnings: [],
  }
}
