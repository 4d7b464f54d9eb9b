import type { Latency } from '../measure/latency.ts'
import type { MetricsSummary } from '../measure/metrics/metrics.ts'
import type { Metric, Metrics } from '../measure/threshold.ts'
import { ratesOf } from './summary.ts'
import type { Tally } from './tally.ts'

/** What the metrics of a run are read from, once there is one. */
export interface RunFigures {
  readonly tally: Tally
  readonly launchLag: Latency
  /** CPU time of a call, in ms. */
  readonly perCallMs: number | null
  /** How long the run took, in ms. */
  readonly durationMs: number
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
  const number = (kind: 'count' | 'share' | 'time', read: (run: RunFigures) => number | null): Metric => ({
    kind,
    read: () => {
      const run = figures()
      return run ? read(run) : null
    },
  })
  const call = (kind: 'count' | 'share' | 'time', read: (metrics: MetricsSummary) => number | null): Metric =>
    number(kind, ({ tally, durationMs }) => read(tally.metrics.summary(durationMs)))
  return {
    setup: latency(({ tally }) => tally.latency.setup),
    answer: latency(({ tally }) => tally.latency.answer),
    invite: latency(({ tally }) => tally.latency.invite),
    originate: latency(({ tally }) => tally.latency.originate),
    connect: latency(({ tally }) => tally.latency.connect),
    launch_lag: latency(({ launchLag }) => launchLag),
    offered: number('count', ({ tally }) => tally.offered),
    launched: number('count', ({ tally }) => tally.launched),
    dropped: number('count', ({ tally }) => tally.dropped),
    answered: number('count', ({ tally }) => tally.answered),
    failed: number('count', ({ tally }) => tally.failed),
    recovered: number('count', ({ tally }) => tally.recovered),
    rate: number('count', ({ tally }) => ratesOf(tally).launched),
    cpu: number('count', ({ perCallMs }) => perCallMs),
    asr: call('share', ({ asr }) => asr),
    abr: call('share', ({ abr }) => abr),
    ner: call('share', ({ ner }) => ner),
    ser: call('share', ({ ser }) => ser),
    seer: call('share', ({ seer }) => seer),
    scr: call('share', ({ scr }) => scr),
    isa: call('share', ({ isa }) => isa),
    acd: call('time', ({ acdMs }) => acdMs),
    erlangs: call('count', ({ erlangs }) => erlangs),
    pdd: latency(({ tally }) => tally.metrics.latency.pdd),
    srd: latency(({ tally }) => tally.metrics.latency.srdSuccessful),
    srd_failed: latency(({ tally }) => tally.metrics.latency.srdFailed),
    sdt: latency(({ tally }) => tally.metrics.latency.sdt),
  }
}
