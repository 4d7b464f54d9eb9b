import type { LatencySummary } from '../latency.ts'
import type { MetricsSummary } from '../metrics/metrics.ts'
import type { RunSummary } from '../summary/run-summary.ts'
import type { Collector } from './collect/collector.ts'
import type { ReportRun } from './run.ts'

/** A latency in the table: where it is in the summary, what it is called, and from when to when it is. */
export interface LatencyRow {
  readonly path: string
  readonly label: string
  readonly definition: string
  readonly ms: LatencySummary
}

/** The figures of a run that a report shows, named as in its summary; what is not known is undefined. */
export interface Figures {
  readonly offered: number | undefined
  readonly launched: number
  readonly dropped: number | undefined
  readonly answered: number
  readonly failed: number
  readonly callsPerSecond: RunSummary['callsPerSecond']
  readonly durationMs: number
  readonly metrics: MetricsSummary
  readonly latencies: readonly LatencyRow[]
}

const DEFINITIONS = {
  'latencyMs.setup': ['Call set-up', 'from the caller’s CHANNEL_CREATE to its CHANNEL_ANSWER; the switch’s clock'],
  'latencyMs.answer': ['Answer', 'from the callee’s CHANNEL_ANSWER to the caller’s; the switch’s clock'],
  'latencyMs.invite': ['Invite', 'from the caller’s CHANNEL_CREATE to the callee’s; the switch’s clock'],
  'latencyMs.originate': ['Originate', 'from the command to the caller’s CHANNEL_CREATE, and its way here'],
  'latencyMs.connect': ['Connect', 'from when the schedule wanted the call to when its answer came here'],
  'metrics.pddMs': ['Post-dial delay (PDD)', 'from the INVITE to 180, 183 or, without them, 200 (ITU-T E.721)'],
  'metrics.srdSuccessfulMs': ['Session request delay (SRD), successful', 'from the INVITE to its first response but 100 (RFC 6076, 4.3.1)'],
  'metrics.srdFailedMs': ['Session request delay (SRD), failed', 'from the INVITE to its first response but 100 (RFC 6076, 4.3.2)'],
  'metrics.sdtMs': ['Session duration (SDT)', 'from the 200 to the BYE of completed sessions (RFC 6076, 4.5.1)'],
  'health.launchLagMs': ['Launch lag', 'from when the schedule wanted a call to when its command was sent'],
  'health.loopDelayMs': ['Event loop delay', 'how late the generator’s event loop was'],
  'health.eventLagMs': ['Event lag', 'how much later than the quickest of them answers reached the generator'],
} as const // prettier-ignore

type Path = keyof typeof DEFINITIONS

const rowOf = (path: Path, ms: LatencySummary): LatencyRow => {
  const [label, definition] = DEFINITIONS[path]
  return { path, label, definition, ms }
}

const ofMetrics = (metrics: MetricsSummary): LatencyRow[] => [
  rowOf('metrics.pddMs', metrics.pddMs),
  rowOf('metrics.srdSuccessfulMs', metrics.srdSuccessfulMs),
  rowOf('metrics.srdFailedMs', metrics.srdFailedMs),
  rowOf('metrics.sdtMs', metrics.sdtMs),
]

const ofSummary = (summary: RunSummary): Figures => {
  const { offered, launched, dropped, answered, failed, callsPerSecond, durationMs, metrics, latencyMs } =
    summary
  const { launchLagMs, loopDelayMs, eventLagMs } = summary.health
  return {
    offered,
    launched,
    dropped,
    answered,
    failed,
    callsPerSecond,
    durationMs,
    metrics,
    latencies: [
      rowOf('latencyMs.setup', latencyMs.setup),
      rowOf('latencyMs.answer', latencyMs.answer),
      rowOf('latencyMs.invite', latencyMs.invite),
      rowOf('latencyMs.originate', latencyMs.originate),
      rowOf('latencyMs.connect', latencyMs.connect),
      ...ofMetrics(metrics),
      rowOf('health.launchLagMs', launchLagMs),
      rowOf('health.loopDelayMs', loopDelayMs),
      rowOf('health.eventLagMs', eventLagMs),
    ],
  }
}

const ofCalls = ({ calls, metrics, observedMs, latency, span }: Collector): Figures => {
  const summary = metrics.summary(observedMs)
  const seconds = (span.last - span.first) / 1000
  // n calls have n - 1 gaps between them.
  const launched = calls > 1 && seconds > 0 ? Math.round(((calls - 1) / seconds) * 1000) / 1000 : null
  return {
    offered: undefined,
    launched: calls,
    dropped: undefined,
    answered: summary.answers,
    failed: calls - summary.answers,
    callsPerSecond: { offered: null, launched },
    durationMs: Math.max(0, Math.round(span.end - span.first)) || 0,
    metrics: summary,
    latencies: [
      rowOf('latencyMs.setup', latency.setup.summary()),
      rowOf('latencyMs.answer', latency.answer.summary()),
      rowOf('latencyMs.invite', latency.invite.summary()),
      ...ofMetrics(summary),
      rowOf('health.launchLagMs', latency.launchLag.summary()),
    ],
  }
}

const NO_CALLS = 'a report needs a summary or the calls of a run'

/** The summary's own where there is one, else what the CDRs come to: both are measured in the same way. */
export const figuresOf = ({ summary, calls }: ReportRun): Figures => {
  if (summary) return ofSummary(summary)
  if (calls) return ofCalls(calls)
  throw new Error(NO_CALLS)
}
