import type { NotedCall } from '../collect/noted-calls.ts'
import { callTimesOf } from '../collect/call-times.ts'
import type { CallId } from '../html/calls-table.ts'
import type { Figures } from '../figures.ts'
import { startOf, type ReportRun } from '../run.ts'
import { causesChart, latencyChart, launchedChart, meanActiveChart } from './call-charts.ts'
import type { Chart, Colour, Mark, SpectrumChart } from './chart.ts'
import { columnsOf } from './columns.ts'
import { heatChart } from './heat-chart.ts'
import { pointsOf, pointsOfSummary, spectrumChart } from './spectrum-chart.ts'
import { activeChart, generatorCharts, rateChart } from './timeline-charts.ts'

/** The charts of a run, in the order in which they are looked at. */
export interface RunCharts {
  readonly load: readonly Chart[]
  readonly latency: readonly Chart[]
  readonly ends: readonly Chart[]
  readonly generator: readonly Chart[]
  /** What was measured beside the calls, by the measurer's name. */
  readonly panels: ReadonlyMap<string, readonly Chart[]>
}

const markOf = (call: NotedCall, startMs: number, id: CallId): Mark[] => {
  const { cdr, why } = call
  const times = callTimesOf(cdr)
  if (!times) return []
  const { caller_create_ms: created, caller_answer_ms: answered } = cdr
  const setup = created === undefined || answered === undefined ? null : answered - created
  return [{ x: Math.round(times.launch - startMs) / 1000, y: setup, call: id(call), failed: why !== 'slow' }]
}

const SPECTRUM: readonly (readonly [path: string, label: string, colour: Colour])[] = [
  ['latencyMs.setup', 'set-up', 'blue'],
  ['metrics.pddMs', 'PDD', 'orange'],
  ['latencyMs.answer', 'answer', 'teal'],
  ['latencyMs.invite', 'invite', 'purple'],
]

const spectrumOf = ({ calls }: ReportRun, figures: Figures): SpectrumChart | undefined => {
  if (!calls)
    return spectrumChart(
      SPECTRUM.flatMap(([path, label, colour]) => {
        const row = figures.latencies.find((each) => each.path === path)
        return row ? [[label, colour, pointsOfSummary(row.ms)] as const] : []
      }),
    )
  const { latency, metrics } = calls
  const measured = [latency.setup, metrics.latency.pdd, latency.answer, latency.invite]
  return spectrumChart(
    SPECTRUM.map(([, label, colour], i) => [label, colour, pointsOf(measured[i] ?? latency.setup)] as const),
  )
}

const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined)

const withoutCalls = (run: ReportRun, figures: Figures): RunCharts => {
  const timeline = run.summary?.timeline
  return {
    load: timeline ? [rateChart(timeline), activeChart(timeline)] : [],
    latency: present([spectrumOf(run, figures)]),
    ends: [],
    generator: timeline ? generatorCharts(timeline) : [],
    panels: new Map(Array.from(run.panels, ([name, panel]) => [name, panel.charts(startOf(run))])),
  }
}

export const chartsOf = (run: ReportRun, figures: Figures, id: CallId): RunCharts => {
  const charts = withoutCalls(run, figures)
  const { calls } = run
  if (!calls || calls.moments.entries.length === 0) return charts
  const startMs = startOf(run)
  const columns = columnsOf(calls.moments, startMs)
  const marks = [...calls.noted.slow, ...calls.noted.failed].flatMap((call) => markOf(call, startMs, id))
  const load =
    charts.load.length > 0
      ? charts.load
      : [launchedChart(calls.moments, startMs), meanActiveChart(columns, startMs)]
  return {
    ...charts,
    load,
    latency: present([
      { ...latencyChart(columns), marks },
      heatChart(columns, 'setup'),
      charts.latency[0],
      heatChart(columns, 'pdd'),
    ]),
    ends: [causesChart(columns, calls.causes.all)],
  }
}
