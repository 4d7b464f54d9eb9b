import { createMoment, mergeMoments, type Moment } from '../collect/moment.ts'
import type { TimeBuckets } from '../collect/time-buckets.ts'

/** The moments of a run, side by side from the first to the last, each as wide as the others. */
export interface Columns {
  /** Seconds since the start of the run at which each begins. */
  readonly x: readonly number[]
  /** How wide each is, in s. */
  readonly width: number
  readonly moments: readonly Moment[]
}

/** Of less than this (in ms), percentiles say nothing. */
const LEAST = 500
const MOST = 200

/** `startMs`: what counts as the start of the run, in ms since the epoch. */
export const columnsOf = ({ entries, widthMs }: TimeBuckets<Moment>, startMs: number): Columns => {
  const [first] = entries[0] ?? [0]
  const [last] = entries.at(-1) ?? [0]
  let width = widthMs
  while (width < LEAST || (last - first) / width >= MOST) width *= 2
  const begin = Math.floor(first / width) * width
  const count = entries.length === 0 ? 0 : Math.floor((last - begin) / width) + 1
  const moments = Array.from({ length: count }, createMoment)
  for (const [at, moment] of entries) {
    const column = moments[Math.floor((at - begin) / width)]
    if (column) mergeMoments(column, moment)
  }
  // Columns stand on a grid of their own, and so the first may begin before the run.
  const x = moments.map((_, i) => Math.round(begin + i * width - startMs) / 1000)
  return { x, width: width / 1000, moments }
}
