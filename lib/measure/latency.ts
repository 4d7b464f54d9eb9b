import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'

/** Latencies in milliseconds; null where nothing was measured. */
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
  /** In ms; null where nothing was measured. `p` is from 0 to 100. */
  percentile(p: number): number | null
  readonly avg: number | null
  readonly min: number | null
  readonly max: number | null
  /** Sum of all, in ms. */
  readonly sum: number
  /** Node's own, in microseconds. */
  readonly histogram: RecordableHistogram
}

/** A day, in microseconds: what took longer counts as that. */
const LONGEST = 86_400_000_000

const rounded = (us: number): number => Math.round(us) / 1000

/** An HDR histogram of latencies, exact to the microsecond at the ends and to three digits in between. */
export const createLatency = (): Latency => {
  const histogram = createHistogram({ lowest: 1, highest: LONGEST, figures: 3 })
  let count = 0
  let sum = 0
  let min = Infinity
  let max = 0
  const orNull = (us: number): number | null => (count === 0 ? null : rounded(us))
  // The histogram's buckets end a little above their values: nothing took longer than the longest.
  const percentile = (p: number): number | null =>
    orNull(p === 0 ? min : Math.min(max, histogram.percentile(p)))

  const latency: Latency = {
    record(ms) {
      if (!(ms >= 0)) return
      const us = Math.min(LONGEST, Math.max(1, Math.round(ms * 1000)))
      histogram.record(us)
      count++
      sum += us
      min = Math.min(min, us)
      max = Math.max(max, us)
    },
    merge(other) {
      if (other.count === 0) return
      histogram.add(other.histogram)
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
    percentile,
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
    histogram,
  }
  return latency
}

/** Notes how long it was from one time to another, in ms; nothing where one of them is not known. */
export const between = (latency: Latency, from: number | undefined, to: number | undefined): void => {
  if (from !== undefined && to !== undefined) latency.record(to - from)
}
