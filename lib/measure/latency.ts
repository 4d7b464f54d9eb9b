import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { rankOf, valueAtRank } from './rank.ts'

/** Latencies in milliseconds; null where nothing was measured. Percentiles are by nearest rank. */
export interface LatencySummary {
  readonly avg: number | null
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
}

export interface Latency {
  /** Notes one, in ms; NaN and negative ones (stamps of different clocks) are left out. */
  record(ms: number): void
  /** Takes in all that another has: of another node, another run. That one stays as it is. */
  merge(other: Latency): void
  summary(): LatencySummary
  readonly count: number
  /**
   * Returns the value of the nearest rank, in ms: the smallest that at least `p` per cent of the values do not exceed; null
   * where nothing was measured. `p` is from 0 (the smallest) to 100. Exact for up to 1000 values; of more, the value is at
   * most 0.1 % above that of the rank.
   */
  percentile(p: number): number | null
  readonly avg: number | null
  readonly min: number | null
  readonly max: number | null
  /** Sum of all, in ms. */
  readonly sum: number
  /** The values in microseconds, in no order, while they are few enough to be kept one by one. */
  readonly exact: readonly number[] | undefined
  /** Node's own, in microseconds; what took less than one counts as one there. */
  readonly histogram: RecordableHistogram
}

/** A day, in microseconds: what took longer counts as that. */
const LONGEST = 86_400_000_000

/** So many values are kept one by one: of few, a bucket's error shows, and a sort costs nothing. */
const MOST_EXACT = 1000

const rounded = (us: number): number => Math.round(us) / 1000

/** Collects latencies: one by one up to 1000, in an HDR histogram of three significant digits beyond. */
export const createLatency = (): Latency => {
  const histogram = createHistogram({ lowest: 1, highest: LONGEST, figures: 3 })
  let exact: number[] | undefined = []
  let sorted = true
  let count = 0
  let sum = 0
  let min = Infinity
  let max = 0
  const orNull = (us: number): number | null => (count === 0 ? null : rounded(us))

  const keep = (values: readonly number[] | undefined): void => {
    sorted = false
    if (exact && values && exact.length + values.length <= MOST_EXACT) exact.push(...values)
    else exact = undefined
  }

  const percentile = (p: number): number | null => {
    if (count === 0) return null
    if (exact && !sorted) exact.sort((a, b) => a - b)
    sorted = true
    const rank = rankOf(p, count)
    // The histogram's buckets end a little above their values: nothing took longer than the longest.
    return rounded(exact?.[rank - 1] ?? Math.min(max, valueAtRank(histogram, rank)))
  }

  const latency: Latency = {
    record(ms) {
      if (!(ms >= 0)) return
      const us = Math.min(LONGEST, Math.round(ms * 1000))
      histogram.record(Math.max(1, us))
      if (exact && exact.length < MOST_EXACT) exact.push(us)
      else exact = undefined
      sorted = false
      count++
      sum += us
      min = Math.min(min, us)
      max = Math.max(max, us)
    },
    merge(other) {
      if (other.count === 0) return
      histogram.add(other.histogram)
      keep(other.exact)
      count += other.count
      sum += Math.round(other.sum * 1000)
      min = Math.min(min, Math.round((other.min ?? Infinity) * 1000))
      max = Math.max(max, Math.round((other.max ?? 0) * 1000))
    },
    summary: () => ({
      avg: latency.avg,
      p50: percentile(50),
      p95: percentile(95),
      p99: percentile(99),
      max: latency.max,
    }),
    percentile: (p) => (p === 0 ? latency.min : percentile(p)),
    get count() {
      return count
    },
    get avg() {
      return orNull(sum / count)
    },
    get min() {
      return orNull(min)
    },
    get max() {
      return orNull(max)
    },
    get sum() {
      return rounded(sum)
    },
    get exact() {
      return exact
    },
    histogram,
  }
  return latency
}

/** Notes how long it was from one time to another, in ms; nothing where one of them is not known. */
export const between = (latency: Latency, from: number | undefined, to: number | undefined): void => {
  if (from !== undefined && to !== undefined) latency.record(to - from)
}
