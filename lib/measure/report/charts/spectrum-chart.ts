import type { Latency, LatencySummary } from '../../latency.ts'
import type { Colour, SpectrumChart } from './chart.ts'

type Points = readonly (readonly [percentile: number, ms: number])[]

/** As HdrHistogram has them: the way to 100 % in halves, each in four steps, as long as there are calls beyond. */
export const pointsOf = (latency: Latency): Points => {
  const { count, max } = latency
  if (count === 0 || max === null) return []
  const points: (readonly [number, number])[] = []
  for (let step = 0; 2 ** (-step / 4) * count >= 1; step++) {
    const p = 100 * (1 - 2 ** (-step / 4))
    points.push([p, latency.percentile(p) ?? max])
  }
  return [...points, [100 * (1 - 1 / (2 * count)), max]]
}

/** What a summary has of it. */
export const pointsOfSummary = ({ p50, p95, p99 }: LatencySummary): Points =>
  ([[50, p50], [95, p95], [99, p99]] as const).flatMap(([p, ms]) => (ms === null ? [] : [[p, ms] as const])) // prettier-ignore

/** Latencies by percentile; undefined where nothing was measured. */
export const spectrumChart = (
  latencies: readonly (readonly [label: string, colour: Colour, points: Points])[],
): SpectrumChart | undefined => {
  const series = latencies
    .filter(([, , points]) => points.length > 0)
    .map(([label, colour, points]) => ({ label, colour, points }))
  if (series.length === 0) return undefined
  return {
    kind: 'spectrum',
    id: 'spectrum',
    title: 'Latency by percentile',
    unit: 'ms',
    note: 'Each nine to the right is the worst tenth of what is left of it.',
    series,
  }
}
