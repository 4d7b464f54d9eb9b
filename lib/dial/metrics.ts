import type { Metric, Metrics } from '../measure/threshold.ts'
import { asrOf, ratesOf } from './summary.ts'
import type { Tally } from './tally.ts'
import type { Latency } from '../measure/latency.ts'

/** What the metrics of a run are read from, once there is one. */
export interface RunFigures {
  readonly tally: Tally
  readonly launchLag: Latency
  /** CPU time of a call, in ms. */
  readonly perCallMs: number | null
}

/** Calls that found somebody, though they were not taken (ITU-T E.425): busy, no answer, rejected. */
const REACHED = ['USER_BUSY', 'NO_ANSWER', 'NO_USER_RESPONSE', 'CALL_REJECTED'] as const

/** Network effectiveness ratio (ITU-T E.425). */
const nerOf = ({ answered, launched, causes }: Tally): number | null => {
  const reached = REACHED.reduce((sum, cause) => sum + (causes.get(cause) ?? 0), answered)
  return launched === 0 ? null : reached / launched
}

/** The metrics that thresholds can be about. `figures` is asked when they are judged. */
export const runMetrics = (figures: () => RunFigures | undefined): Metrics => {
  const latency = (read: (run: RunFigures) => Latency): Metric => ({
    kind: 'latency',
    read: () => {
      const run = figures()
      return run && read(run)
    },
  })
  const number = (kind: 'count' | 'share', read: (run: RunFigures) => number | null): Metric => ({
    kind,
    read: () => {
      const run = figures()
      return run ? read(run) : null
    },
  })
  return {
    setup: latency(({ tally }) => tally.latency.setup),
    answer: latency(({ tally }) => tally.latency.answer),
    connect: latency(({ tally }) => tally.latency.connect),
    launch_lag: latency(({ launchLag }) => launchLag),
    offered: number('count', ({ tally }) => tally.offered),
    launched: number('count', ({ tally }) => tally.launched),
    dropped: number('count', ({ tally }) => tally.dropped),
    answered: number('count', ({ tally }) => tally.answered),
    failed: number('count', ({ tally }) => tally.failed),
    rate: number('count', ({ tally }) => ratesOf(tally).launched),
    cpu: number('count', ({ perCallMs }) => perCallMs),
    asr: number('share', ({ tally }) => asrOf(tally)),
    ner: number('share', ({ tally }) => nerOf(tally)),
  }
}
