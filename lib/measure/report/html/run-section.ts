import type { Chart, Drawing } from '../charts/chart.ts'
import { chartsOf, type RunCharts } from '../charts/run-charts.ts'
import type { NotedCall } from '../collect/noted-calls.ts'
import { differences } from '../cross-check.ts'
import { figuresOf, type Figures } from '../figures.ts'
import { startOf, type ReportRun } from '../run.ts'
import { callTable, callTemplate, type CallId } from './calls-table.ts'
import { latencyTable, metricsTable } from './figure-tables.ts'
import { html, type Markup } from './markup.ts'
import { causeTable, groupTable, nodeTable } from './share-tables.ts'
import { section, table } from './table.ts'
import { tiles } from './tiles.ts'
import { figure } from './value.ts'
import { thresholdTable, verdictBox } from './verdict.ts'

/** A run on the page, and what its charts are drawn from. */
export interface RunSection {
  readonly markup: Markup
  readonly drawings: readonly Drawing[]
}

/** The unit beside a title that does not name it: "Call set-up ms", but "Concurrent calls". */
const unitBeside = ({ title, unit }: Chart): Markup | '' =>
  title.toLowerCase().split(/\W+/).includes(unit) ? '' : html` <span class="dim">${unit}</span>`

const chartCard = (chart: Chart, group: string): Markup =>
  html`<figure class="card chart"><h3>${chart.title}${unitBeside(chart)}</h3><div id="${group}-${chart.id}" class="plot"></div>${chart.note === undefined ? '' : html`<figcaption class="note">${chart.note}</figcaption>`}</figure>\n` // prettier-ignore

const chartGroup = (title: string, charts: readonly Chart[], group: string): Markup =>
  charts.length === 0
    ? html``
    : html`<h2>${title}</h2>
        <div class="grid">${charts.map((chart) => chartCard(chart, group))}</div> `

const notices = ({ summary, calls }: ReportRun): Markup => {
  const different = summary && calls ? differences(summary, calls) : []
  const unequal = different.map(
    ({ name, summary: a, calls: b }) => `${name}: ${a ?? 'none'} in the summary, ${b ?? 'none'} by the CDRs`,
  )
  const agreed =
    summary && calls && different.length === 0
      ? html`<p class="note agreed">
          The CDR file has every call of the summary, and measured again it gives the same figures.
        </p>`
      : ''
  const warnings = [
    ...(summary?.warnings ?? []),
    ...(unequal.length > 0 ? [`The CDR file and the summary disagree. ${unequal.join('; ')}.`] : []),
  ]
  return html`${warnings.map((each) => html`<p class="warning">${each}</p>`)}${agreed}`
}

const measuredBeside = ({ summary }: ReportRun): Markup => {
  const rows = Object.entries(summary?.measures ?? {}).flatMap(([name, figures]) =>
    Object.entries(figures).map(([key, value]) => [
      `${name}.${key}`,
      figure(value, '', `measures.${name}.${key}`),
    ]),
  )
  return rows.length === 0
    ? html``
    : section('measures', 'Measured beside the calls', table([{ title: 'Figure' }, { title: 'Value', number: true }], rows)) // prettier-ignore
}

const causesOf = ({ summary, calls }: ReportRun): Readonly<Record<string, number>> =>
  summary?.causes ?? Object.fromEntries(calls?.causes.all.map((each) => [each.cause, each.calls]) ?? [])

const tables = (run: ReportRun, figures: Figures): Markup => {
  const { summary, calls } = run
  return html`<div class="grid">
${section('latencies', 'Latencies', latencyTable(figures), { hint: 'HDR histograms, three significant digits. Stay on a name for what it is.' })}
${section('metrics', 'Metrics', metricsTable(figures), { hint: 'As the standards define them; the caller’s leg counts.' })}
${section('causes', 'Hangup causes', causeTable(causesOf(run), calls?.causes), { wide: true })}
${calls ? section('nodes', 'By node', groupTable('Node', calls.nodes), { wide: true }) : summary ? section('nodes', 'By node', nodeTable(summary), { wide: true }) : ''}
${calls ? section('apps', 'By app', groupTable('App', calls.apps), { wide: true }) : ''}
${generator(run)}
${measuredBeside(run)}
</div>` // prettier-ignore
}

const generator = ({ summary }: ReportRun): Markup => {
  if (!summary) return html``
  const { cpu, valid } = summary.health
  const rows = [
    ['Whether the run is valid', html`<span class="badge ${valid ? 'good' : 'bad'}">${valid ? 'valid' : 'not valid'}</span>`],
    ['CPU of a call, ms', figure(cpu.perCallMs, '', 'health.cpu.perCallMs')],
    ['CPU in user mode', figure(cpu.userMs, 's', 'health.cpu.userMs')],
    ['CPU in the kernel', figure(cpu.systemMs, 's', 'health.cpu.systemMs')],
    ['Dropped: the limit was reached', figure(summary.droppedBy.limit, 'calls', 'droppedBy.limit')],
    ['Dropped: too late', figure(summary.droppedBy.late, 'calls', 'droppedBy.late')],
    ['Dropped: no switch', figure(summary.droppedBy.nodes, 'calls', 'droppedBy.nodes')],
    ['Seed', html`<code>${summary.seed}</code>`],
  ] // prettier-ignore
  return section('generator', 'Generator', table([{ title: 'Of the generator itself' }, { title: '', number: true }], rows)) // prettier-ignore
}

const noted = (run: ReportRun, id: CallId): Markup => {
  if (!run.calls) return html``
  const { slow, failed } = run.calls.noted
  const start = startOf(run)
  const list = (name: string, title: string, calls: readonly NotedCall[], hint: string): Markup =>
    calls.length === 0 ? html`` : section(name, title, callTable(calls, start, id), { hint })
  return html`<h2>Calls to look at</h2><div class="calls">
${list('failed', `Failed calls (${failed.length} of ${run.calls.calls - run.calls.metrics.counts.completed})`, failed, 'Some of each cause, and calls that were answered and broke off. Click one for its ladder.')}
${list('slow', `Slowest calls (${slow.length})`, slow, 'By their set-up. Click one for its ladder.')}
${[...slow, ...failed].map((call) => callTemplate(call, id(call)))}
</div>` // prettier-ignore
}

const peakOf = ({ load }: RunCharts): number | undefined => {
  const active = load.find(({ id }) => id === 'active')
  const values = active?.kind === 'time' ? (active.series[0]?.values ?? []) : []
  return values.length === 0 ? undefined : Math.max(...values.map((value) => value ?? 0))
}

const subtitle = (run: ReportRun): string => {
  const begun = new Date(startOf(run))
  const when = Number.isNaN(begun.getTime()) ? '' : begun.toISOString().replace('T', ' ').replace(/\.\d+Z/, ' UTC')
  const nodes = run.calls ? run.calls.nodes.all.map(({ name }) => name) : run.summary?.nodes.map(({ name }) => name)
  const apps = run.calls?.apps.all.map(({ name }) => name).filter((name) => name !== '') ?? []
  return [when, apps.join(', '), `on ${(nodes ?? []).slice(0, 5).join(', ')}`].filter(Boolean).join(' · ')
} // prettier-ignore

/** Everything of one run; `group` is what its ids begin with. */
export const runSection = (run: ReportRun, group: string): RunSection => {
  const ids = new Map<NotedCall, string>()
  const id: CallId = (call) => {
    const known = ids.get(call) ?? `${group}-call-${ids.size}`
    ids.set(call, known)
    return known
  }
  const figures = figuresOf(run)
  const charts = chartsOf(run, figures, id)
  const { summary } = run
  const markup = html`<article class="run" id="${group}">
<p class="subtitle">${subtitle(run)}</p>
${verdictBox(summary)}${notices(run)}
${tiles(figures, peakOf(charts))}
${summary && summary.thresholds.length > 0 ? section('thresholds', 'Thresholds', thresholdTable(summary)) : ''}
${chartGroup('Load', charts.load, group)}
${chartGroup('Latency', charts.latency, group)}
${chartGroup('How calls ended', charts.ends, group)}
${chartGroup('Generator', charts.generator, group)}
${Array.from(charts.panels, ([name, panels]) => chartGroup(`Measured by ${name}`, panels, group))}
<h2>Figures</h2>
${tables(run, figures)}
${noted(run, id)}
</article>` // prettier-ignore
  const { load, latency, ends, generator: own, panels } = charts
  const all = [...load, ...latency, ...ends, ...own, ...[...panels.values()].flat()]
  const span = [0, figures.durationMs / 1000] as const
  return { markup, drawings: all.map((chart) => ({ group, span, chart })) }
}
