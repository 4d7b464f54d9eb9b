import type { Histogram } from 'node:perf_hooks'

/** Less than this of a rank is what floating point adds to `p * count / 100`. */
const ROUNDING = 1e-9

/**
 * Returns the nearest rank of a percentile among so many values, from 1 up: the least rank that at least `p` per cent of the
 * values do not exceed, so that the 95th percentile of 11 values is the 11th. DuckDB's `quantile_disc` uses the same rank.
 */
export const rankOf = (p: number, count: number): number =>
  Math.min(count, Math.max(1, Math.ceil((p * count) / 100 - ROUNDING)))

/** Returns the value at a rank of Node's histogram, which itself rounds a percentile to the nearest rank: up or down. */
export const valueAtRank = (histogram: Histogram, rank: number): number =>
  histogram.percentile((100 * rank) / histogram.count)
