import type { LatencySummary } from '../../latency.ts'
import type { MetricsSummary } from '../../metrics/metrics.ts'
import type { Figures } from '../figures.ts'
import { html, type Markup } from './markup.ts'
import { table } from './table.ts'
import { figure, type Unit } from './value.ts'

const STATS = ['avg', 'p50', 'p95', 'p99', 'max'] as const satisfies readonly (keyof LatencySummary)[]

export const latencyTable = ({ latencies }: Figures): Markup =>
  table(
    [{ title: 'Latency, ms' }, ...STATS.map((title) => ({ title, number: true }))],
    latencies.map(({ path, label, definition, ms }) => [
      html`<span title="${definition}">${label}</span>`,
      ...STATS.map((stat) => figure(ms[stat], 'ms', `${path}.${stat}`)),
    ]),
  )

const METRICS: readonly (readonly [key: keyof MetricsSummary, unit: Unit, label: string, definition: string])[] = [
  ['bids', 'calls', 'Bids', 'call attempts'],
  ['seizures', 'calls', 'Seizures', 'bids for which the switch has sent an INVITE'],
  ['answers', 'calls', 'Answers', 'calls that were answered'],
  ['asr', 'share', 'ASR', 'answer seizure ratio: answers / seizures (ITU-T E.411)'],
  ['abr', 'share', 'ABR', 'answer bid ratio: answers / bids (ITU-T E.411)'],
  ['ner', 'share', 'NER', 'network effectiveness: (answers + busy + no answer + rejected) / seizures (ITU-T E.425)'],
  ['ser', 'share', 'SER', 'session establishment ratio: 200s / (attempts − 3xx) (RFC 6076, 4.6)'],
  ['seer', 'share', 'SEER', '… effectiveness: (200, 480, 486, 600, 603) / (attempts − 3xx) (RFC 6076, 4.7)'],
  ['isa', 'share', 'ISA', 'ineffective session attempts: (408, 500, 503, 504) / attempts (RFC 6076, 4.8)'],
  ['scr', 'share', 'SCR', 'session completion: sessions that a party has ended / attempts (RFC 6076, 4.9)'],
  ['acdMs', 's', 'ACD', 'average call duration: from answer to hangup, of answered calls'],
  ['erlangs', 'erlangs', 'Erlangs', 'traffic carried: time that calls were answered / time observed (ITU-T E.600)'],
] // prettier-ignore

export const metricsTable = ({ metrics }: Figures): Markup =>
  table(
    [{ title: 'Metric' }, { title: 'Value', number: true }, { title: 'What it is' }],
    METRICS.map(([key, unit, label, definition]) => [
      html`<b>${label}</b>`,
      figure(metrics[key] as number | null, unit, `metrics.${key}`),
      html`<span class="dim">${definition}</span>`,
    ]),
  )
