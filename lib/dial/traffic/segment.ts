/** A stretch of time over which the rate of calls follows one formula. All of it counts from the stretch's start. */
export interface Segment {
  /** How long it is; Infinity for one without end. */
  readonly ms: number
  /** Calls per second at that moment. */
  rate(ms: number): number
  /** The number of calls until then: the integral of the rate. */
  expected(ms: number): number
  /** When so many calls were expected: the inverse of `expected`. */
  when(calls: number): number
}

/** `rate` calls a second. */
export const level = (rate: number, ms = Infinity): Segment => ({
  ms,
  rate: () => rate,
  expected: (at) => (rate === 0 ? 0 : (rate * at) / 1000),
  // Multiplied, not summed: rounding must not make the schedule drift.
  when: (calls) => (calls * 1000) / rate,
})

/** From one rate to another, in a straight line. */
export const slope = (from: number, to: number, ms: number): Segment => {
  const growth = (to - from) / ms
  return {
    ms,
    rate: (at) => from + growth * at,
    expected: (at) => (from * at + (growth * at * at) / 2) / 1000,
    // The solution of the quadratic that does not lose digits where the growth is small.
    when(calls) {
      const root = Math.sqrt(Math.max(0, from * from + 2 * growth * calls * 1000))
      return calls <= 0 ? 0 : (2 * calls * 1000) / (from + root)
    },
  }
}

/** How exact, in ms, a time is that no formula gives. */
const EXACT = 1e-7

/** Between `mean - amplitude` and `mean + amplitude`, beginning at the mean and going up. */
export const wave = (mean: number, amplitude: number, period: number, ms = Infinity): Segment => {
  const angle = (2 * Math.PI) / period
  const swing = amplitude / angle
  const expected = (at: number): number => (mean * at + swing * (1 - Math.cos(angle * at))) / 1000
  return {
    ms,
    rate: (at) => mean + amplitude * Math.sin(angle * at),
    expected,
    when(calls) {
      // The swing is between 0 and twice itself, which brackets the answer; halving cannot miss it.
      let [low, high] = [(calls * 1000 - 2 * swing) / mean, (calls * 1000) / mean]
      while (high - low > Math.max(EXACT, high * Number.EPSILON * 4)) {
        const middle = (low + high) / 2
        if (expected(middle) < calls) low = middle
        else high = middle
      }
      return Math.max(0, high)
    },
  }
}
