/** A colour of the page's palette; what it looks like depends on the theme. */
export type Colour = 'blue' | 'green' | 'red' | 'orange' | 'purple' | 'teal' | 'pink' | 'brown' | 'grey'

export const COLOURS: readonly Colour[] = [
  'blue', 'orange', 'teal', 'purple', 'pink', 'brown', 'green', 'red', 'grey',
] // prettier-ignore

/** One line of a chart. */
export interface Series {
  readonly label: string
  readonly colour: Colour
  readonly values: readonly (number | null)[]
  readonly dashed?: boolean
  /** With the area below it. */
  readonly filled?: boolean
}

interface ChartBase {
  readonly id: string
  readonly title: string
  /** What is on the value axis. */
  readonly unit: string
  /** What one has to know to read it. */
  readonly note?: string
}

/** Values over the time of the run, in seconds since its start. */
export interface TimeChart extends ChartBase {
  readonly kind: 'time'
  readonly x: readonly number[]
  readonly series: readonly Series[]
  /** Bars, one series on top of the other. */
  readonly stacked?: boolean
  /** Calls that can be clicked: when, the value, and the number of the call on the page. */
  readonly marks?: readonly Mark[]
}

/** A call in a chart; null: it has no such value. */
export interface Mark {
  readonly x: number
  readonly y: number | null
  readonly call: string
  readonly failed: boolean
}

/** How often each value was there, at each time. */
export interface HeatChart extends ChartBase {
  readonly kind: 'heat'
  /** Seconds since the start at which the columns begin; how wide each is. */
  readonly x: readonly number[]
  readonly width: number
  /** Where each row begins, in `unit`, and where the last one ends. */
  readonly edges: readonly number[]
  /** Column, row, count. */
  readonly cells: readonly (readonly [number, number, number])[]
}

/** Values by percentile, as HdrHistogram draws them. */
export interface SpectrumChart extends ChartBase {
  readonly kind: 'spectrum'
  readonly series: readonly (Omit<Series, 'values'> & {
    /** Percentile and value. */
    readonly points: readonly (readonly [number, number])[]
  })[]
}

export type Chart = TimeChart | HeatChart | SpectrumChart

/** A chart on a page: whose it is, and from when to when that run was, in s since its start. */
export interface Drawing {
  readonly group: string
  readonly span: readonly [start: number, end: number]
  readonly chart: Chart
}
