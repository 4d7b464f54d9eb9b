import { createHistogram } from 'node:perf_hooks'

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
  summary(): LatencySummary
  readonly count: number
}

const rounded = (us: number): number => Math.round(us) / 1000

/** An HDR histogram of latencies, exact to the microsecond at the ends and to three digits in between. */
export const createLatency = (): Latency => {
  const histogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 })
  let count = 0
  let sum = 0
  let max = 0
  return {
    record(ms) {
      if (!(ms >= 0)) return
      const us = Math.min(3_600_000_000, Math.max(1, Math.round(ms * 1000)))
      histogram.record(us)
      count++
      sum += us
      max = Math.max(max, us)
    },
    summary() {
      if (count === 0) return { avg: null, p50: null, p95: null, p99: null, max: null }
      // The histogram's buckets end a little above their values: nothing took longer than the longest.
      const percentile = (p: number): number => rounded(Math.min(max, histogram.percentile(p)))
      return {
        avg: rounded(sum / count),
        p50: percentile(50),
        p95: percentile(95),
        p99: percentile(99),
        max: rounded(max),
      }
    },
    get count() {
      return count
    },
  }
}
