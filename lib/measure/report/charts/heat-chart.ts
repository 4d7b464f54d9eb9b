import { binStart, BINS_PER_OCTAVE, type LogBins } from '../collect/log-bins.ts'
import type { Moment } from '../collect/moment.ts'
import type { HeatChart } from './chart.ts'
import type { Columns } from './columns.ts'

/** As many as can be told apart. */
const MOST_ROWS = 40

/** As fine as there is room for: from 2 to 16 bins are one row. */
const binsPerRow = (bins: readonly number[]): number => {
  const range = Math.max(...bins) - Math.min(...bins)
  return [2, 4, 8].find((each) => range / each < MOST_ROWS) ?? BINS_PER_OCTAVE / 2
}

const rowsOf = ({ counts }: LogBins, bins: number): Map<number, number> => {
  const rows = new Map<number, number>()
  for (const [bin, count] of counts) {
    const row = Math.floor(bin / bins)
    rows.set(row, (rows.get(row) ?? 0) + count)
  }
  return rows
}

const LATENCIES = {
  setup: ['heat-setup', 'Call set-up, heat map'],
  pdd: ['heat-pdd', 'Post-dial delay, heat map'],
} as const satisfies Partial<Record<keyof Moment, unknown>>

/** How many calls took how long, at each time; undefined where nothing was measured. */
export const heatChart = (
  { x, width, moments }: Columns,
  latency: keyof typeof LATENCIES,
): HeatChart | undefined => {
  const used = moments.flatMap((moment) => [...moment[latency].counts.keys()])
  const bins = binsPerRow(used)
  const columns = moments.map((moment) => rowsOf(moment[latency], bins))
  const rows = columns.flatMap((column) => [...column.keys()])
  if (rows.length === 0) return undefined
  const [least, most] = [Math.min(...rows), Math.max(...rows)]
  const [id, title] = LATENCIES[latency]
  return {
    kind: 'heat',
    id,
    title,
    unit: 'ms',
    note: 'How many calls of each moment took how long, by the time of their launch.',
    x,
    width,
    edges: Array.from({ length: most - least + 2 }, (_, i) => binStart((least + i) * bins)),
    cells: columns.flatMap((column, i) =>
      Array.from(column, ([row, count]) => [i, row - least, count] as const),
    ),
  }
}
