import type { RunSummary } from '../../dial/summary.ts'
import type { LatencySummary } from '../../measure/latency.ts'
import type { MetricsSummary } from '../../measure/metrics/metrics.ts'
import { shortcomingsOf } from '../../measure/summary/outcome-text.ts'
import { whyNotValid } from '../../measure/summary/health.ts'
import type { Judgement } from '../../measure/threshold.ts'

const number = (value: number | null, digits = 1): string => (value === null ? '-' : value.toFixed(digits))

const latency = (name: string, { avg, p50, p95, p99, max }: LatencySummary): string =>
  `  ${name.padEnd(12)}${[avg, p50, p95, p99, max].map((value) => number(value).padStart(9)).join('')}`

const nodeLine = ({ name, connected, launched, answered, failed }: RunSummary['nodes'][number]): string =>
  `    ${name}${connected ? '' : ' (lost)'}: launched ${launched}   answered ${answered}   failed ${failed}`

const dropsOf = ({ droppedBy: { limit, late, nodes } }: RunSummary): string =>
  `limit reached ${limit}, too late ${late}, no server ${nodes}`

const judgementLine = ({ threshold, value, ok }: Judgement): string =>
  `    ${ok ? 'kept    ' : 'NOT KEPT'}  ${threshold}  (${value === null ? 'nothing was measured' : number(value, 3)})`

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `  ${title}`, ...lines]

const healthLines = ({ health }: RunSummary): string[] => [
  `    CPU ${number(health.cpu.perCallMs, 2)} ms a call from the first launch on (${health.cpu.userMs + health.cpu.systemMs} ms), ${number(health.cpu.secondHalfPerCallMs, 2)} ms in the second half`,
  ...(health.valid
    ? []
    : [`    NOT VALID: ${whyNotValid(health)}`, ...health.reasons.map((each) => `      ${each}`)]),
]

/** Ratios of the standards, in their usual order; what has nothing to divide by is a dash. */
const metricLines = (metrics: MetricsSummary): string[] => {
  const { asr, abr, ner, ser, seer, scr, isa, acdMs, sdtMs, erlangs } = metrics
  const ratios = Object.entries({ ASR: asr, ABR: abr, NER: ner, SER: ser, SEER: seer, SCR: scr, ISA: isa })
  const seconds = (ms: number | null): string => number(ms === null ? null : ms / 1000, 3)
  return [
    `    ${ratios.map(([name, value]) => `${name} ${number(value, 3)}`).join('   ')}`,
    `    ACD ${seconds(acdMs)} s   SDT ${seconds(sdtMs.avg)} s   traffic carried ${number(erlangs, 2)} erlangs`,
  ]
}

const measureLines = ({ measures }: RunSummary): string[] =>
  Object.entries(measures).flatMap(([name, figures]) =>
    Object.entries(figures).map(([figure, value]) => `    ${name}.${figure} ${number(value, 2)}`),
  )

/** The summary of a run, for people. */
export const summaryText = (summary: RunSummary): string => {
  const {
    offered,
    launched,
    dropped,
    answered,
    failed,
    recovered,
    callsPerSecond: rate,
    latencyMs,
    health,
    metrics,
  } = summary
  const seconds = (ms: number): string => (ms / 1000).toFixed(1)
  return [
    '',
    `  ${launched} calls within ${seconds(summary.originatingMs)} s, the last one over after ${seconds(summary.durationMs)} s`,
    `  asked ${number(rate.offered, 2)} calls/s, made ${number(rate.launched, 2)} calls/s`,
    '',
    `  offered ${offered}   launched ${launched}   dropped ${dropped}   answered ${answered}   failed ${failed}`,
    ...(dropped > 0 ? [`  dropped: ${dropsOf(summary)}`] : []),
    ...(recovered > 0
      ? [`  recovered ${recovered}: events of these calls were lost, and made up out of what the server has`]
      : []),
    ...section('servers', summary.nodes.map(nodeLine)),
    ...section(
      'hangup causes',
      Object.entries(summary.causes).map(([cause, count]) => `    ${String(count).padStart(7)}  ${cause}`),
    ),
    '',
    `  latency, ms       avg      p50      p95      p99      max`,
    latency('setup', latencyMs.setup),
    latency('answer', latencyMs.answer),
    latency('invite', latencyMs.invite),
    latency('originate', latencyMs.originate),
    latency('connect', latencyMs.connect),
    latency('launch lag', health.launchLagMs),
    latency('event loop', health.loopDelayMs),
    latency('PDD', metrics.pddMs),
    latency('SRD', metrics.srdSuccessfulMs),
    latency('SRD, failed', metrics.srdFailedMs),
    ...section('metrics', metricLines(metrics)),
    ...section('measured beside', measureLines(summary)),
    ...section('generator', healthLines(summary)),
    ...section(
      'not whole',
      shortcomingsOf(summary).map((each) => `    ${each}`),
    ),
    ...section('thresholds', summary.thresholds.map(judgementLine)),
    ...section(
      'warnings',
      summary.warnings.map((each) => `    ${each}`),
    ),
    '',
    '',
  ].join('\n')
}
