import { ArgumentError } from '../../errors.ts'
import { exponentialOf, type Random } from '../random.ts'
import type { Rates } from './rates.ts'
import { level, type Segment } from './segment.ts'

/**
 * When calls arrive: a rate over time, and the gaps between the calls, counted in calls (1 is the mean gap at any rate).
 * Parted so, because every way of spacing goes with every rate, and a rate can be changed while the calls arrive.
 */
export interface Traffic {
  /** Undefined: the originator's own rate. */
  readonly rates: Rates | undefined
  gaps(random: Random): AsyncIterable<number>
}

async function* endless(draw: () => number): AsyncGenerator<number> {
  for (;;) yield await Promise.resolve(draw())
}

/** Evenly spaced calls, the first as soon as there is a rate: the same number in each second. */
export const evenly = (rates?: Rates): Traffic => ({
  rates,
  gaps() {
    let count = 0
    return endless(() => Math.min(count++, 1))
  },
})

/** Calls that know nothing of each other, as those of people do: a Poisson process, also where the rate changes. */
export const poisson = (rates?: Rates): Traffic => ({
  rates,
  gaps: (random) => endless(() => exponentialOf(random)),
})

/** Milliseconds take the place of calls, so that the gaps are those between the times. */
const milliseconds = (rate: number): Segment => ({ ...level(1000), rate: () => rate })

const gapsBetween = async function* (times: Iterable<number> | AsyncIterable<number>) {
  let before = 0
  for await (const time of times) {
    if (!(time >= before))
      throw new ArgumentError(
        `expected arrival times in milliseconds, rising from 0 on, got ${time} after ${before}`,
      )
    yield time - before
    before = time
  }
}

const meanRate = (times: readonly number[]): number => {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return span > 0 ? ((times.length - 1) * 1000) / span : Number.NaN
}

/**
 * Calls at given times, in milliseconds from the start, rising: a recorded load (see `recordedArrivals`), or a generator of
 * one's own. Another rate plays them faster or slower; that of a generator is not known, and stays as it is.
 */
export const replayOf = (times: readonly number[] | AsyncIterable<number>): Traffic => {
  const rate = Array.isArray(times) ? meanRate(times as readonly number[]) : Number.NaN
  return {
    rates: {
      peak: rate,
      async *[Symbol.asyncIterator]() {
        yield await Promise.resolve(milliseconds(rate))
      },
    },
    gaps: () => gapsBetween(times),
  }
}
