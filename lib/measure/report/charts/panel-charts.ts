import type { Figure, Row } from '../../../app/measure.ts'
import { createTimeBuckets, type TimeBuckets } from '../collect/time-buckets.ts'
import { COLOURS, type TimeChart } from './chart.ts'

/** The panels of a measurer, as its rows are read. */
export interface PanelRows {
  add(row: Row): void
  charts(startMs: number): readonly TimeChart[]
}

interface Mean {
  sum: number
  count: number
}

/** Lines of one panel at the most: a column that has another value in each row makes no lines. */
const MOST = 24

const numberOf = (value: string | number | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

const createPanel = ({ title, unit, time, series, by }: Figure, id: string): PanelRows => {
  const lines = new Map<string, TimeBuckets<Mean>>()
  const lineOf = (label: string): TimeBuckets<Mean> | undefined => {
    const known = lines.get(label)
    if (known ?? lines.size >= MOST) return known
    const line = createTimeBuckets<Mean>({
      create: () => ({ sum: 0, count: 0 }),
      merge: (into, from) => {
        into.sum += from.sum
        into.count += from.count
      },
      most: 300,
    })
    lines.set(label, line)
    return line
  }
  return {
    add(row) {
      const group = by === undefined ? '' : String(row[by] ?? '')
      for (const name of series) {
        const value = numberOf(row[name])
        if (value === undefined) continue
        // One column of several nodes needs no name of its own.
        const label = group === '' ? name : series.length === 1 ? group : `${group} ${name}`
        const mean = lineOf(label)?.at(numberOf(row[time]))
        if (!mean) continue
        mean.sum += value
        mean.count++
      }
    },
    charts(startMs) {
      const all = [...lines].map(([label, line]) => {
        const points = line.entries.map(([at, { sum, count }]): [number, number] => [
          Math.round(at + line.widthMs / 2 - startMs) / 1000,
          Math.round((sum / count) * 1000) / 1000,
        ])
        return { label, points: new Map(points) }
      })
      const x = [...new Set(all.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b)
      if (x.length === 0) return []
      return [
        {
          kind: 'time',
          id,
          title,
          unit,
          x,
          series: all.map(({ label, points }, i) => ({
            label,
            colour: COLOURS[i % COLOURS.length] ?? 'blue',
            values: x.map((at) => points.get(at) ?? null),
          })),
        },
      ]
    },
  }
}

/** The panels that a measurer has asked for; `name` is the measurer's. */
export const createPanels = (name: string, figures: readonly Figure[]): PanelRows => {
  const panels = figures.map((figure, i) => createPanel(figure, `panel-${name}-${i}`))
  return {
    add(row) {
      for (const panel of panels) panel.add(row)
    },
    charts: (startMs) => panels.flatMap((panel) => panel.charts(startMs)),
  }
}
