import type { RunSummary } from '../summary/run-summary.ts'
import type { Collector } from './collect/collector.ts'

/** A figure that a summary and the CDRs of its run both have. */
export interface Compared {
  readonly name: string
  readonly summary: number | null
  readonly calls: number | null
}

/** The figures that do not depend on when somebody stopped looking; in ms where they are times. */
const compare = (summary: RunSummary, { calls, metrics, latency }: Collector): readonly Compared[] => {
  const measured = metrics.summary()
  return [
    { name: 'calls', summary: summary.metrics.bids, calls },
    { name: 'answers', summary: summary.metrics.answers, calls: measured.answers },
    { name: 'ASR', summary: summary.metrics.asr, calls: measured.asr },
    { name: 'NER', summary: summary.metrics.ner, calls: measured.ner },
    { name: 'ACD', summary: summary.metrics.acdMs, calls: measured.acdMs },
    { name: 'set-up p50', summary: summary.latencyMs.setup.p50, calls: latency.setup.percentile(50) },
    { name: 'set-up p99', summary: summary.latencyMs.setup.p99, calls: latency.setup.percentile(99) },
    { name: 'PDD p99', summary: summary.metrics.pddMs.p99, calls: measured.pddMs.p99 },
  ]
}

/** Where the two must agree and do not: rows that were lost, or files of two runs. */
export const differences = (summary: RunSummary, calls: Collector): readonly Compared[] =>
  compare(summary, calls).filter(({ summary: a, calls: b }) =>
    a === null || b === null ? a !== b : Math.abs(a - b) > 1e-6 * Math.max(1, Math.abs(a)),
  )
