/** A small histogram of times for one moment of a run: bins as wide as a share of their value, only those that are needed. */
export interface LogBins {
  note(ms: number): void
  merge(other: LogBins): void
  readonly count: number
  readonly max: number
  /** `p` from 0 to 100, in ms: no less than it is, and at most 2.2 % more; null of nothing. */
  percentile(p: number): number | null
  /** How many there are in each bin, by its number. */
  readonly counts: ReadonlyMap<number, number>
}

/** Bins between a value and its double. */
export const BINS_PER_OCTAVE = 32

/** Nothing is told apart below a microsecond. */
const LEAST = 0.001

/** The number of the bin that a time in ms is in; the bin begins at `binStart` of it. */
const binOf = (ms: number): number => Math.floor(Math.log2(Math.max(LEAST, ms)) * BINS_PER_OCTAVE)

/** Where a bin begins, in ms. */
export const binStart = (bin: number): number => 2 ** (bin / BINS_PER_OCTAVE)

export const createLogBins = (): LogBins => {
  const counts = new Map<number, number>()
  const add = (bin: number, count: number): void => void counts.set(bin, (counts.get(bin) ?? 0) + count)
  let count = 0
  let max = 0
  return {
    note(ms) {
      if (!(ms >= 0)) return
      add(binOf(ms), 1)
      count++
      if (ms > max) max = ms
    },
    merge(other) {
      for (const [bin, more] of other.counts) add(bin, more)
      count += other.count
      max = Math.max(max, other.max)
    },
    get count() {
      return count
    },
    get max() {
      return max
    },
    percentile(p) {
      if (count === 0) return null
      let wanted = Math.max(1, Math.ceil((p / 100) * count))
      for (const [bin, each] of [...counts].sort(([a], [b]) => a - b)) {
        wanted -= each
        if (wanted <= 0) return Math.min(max, binStart(bin + 1))
      }
      return max
    },
    counts,
  }
}
