import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../lib/dial/random.ts'
import { constant, ramp, repeat, sequence, sine, stages, steps } from '../../../lib/dial/traffic/rates.ts'
import type { Rates } from '../../../lib/dial/traffic/rates.ts'
import { createTimetable } from '../../../lib/dial/traffic/timetable.ts'
import { evenly, poisson, replayOf, type Traffic } from '../../../lib/dial/traffic/traffic.ts'

/** The arrivals of a model, up to its end or so many. */
const arrivals = async (traffic: Traffic, most = Infinity, seed = 1): Promise<number[]> => {
  const table = createTimetable(traffic, createRandom(seed), 1)
  const times: number[] = []
  for (let due = await table.next(); !due.end && due.at < Infinity && times.length < most;) {
    times.push(due.at)
    table.pass(due.at)
    due = await table.next()
  }
  table.close()
  return times
}

const expectTimes = (actual: readonly number[], wanted: readonly number[]): void => {
  expect(actual).toHaveLength(wanted.length)
  wanted.forEach((time, i) => expect(actual[i]).toBeCloseTo(time, 4))
}

const numbers = (count: number, at: (n: number) => number): number[] =>
  Array.from({ length: count }, (_, n) => at(n))

describe('evenly spaced calls', () => {
  test('at a constant rate: the n-th after n/rate seconds, rate × time of them', async () => {
    expectTimes(
      await arrivals(evenly(constant(40, 2000))),
      numbers(80, (n) => n * 25),
    )
  })

  test('in steps: each rate for its time, with no gap between', async () => {
    expectTimes(await arrivals(evenly(steps([1000, 10], [1000, 20]))), [
      ...numbers(10, (n) => n * 100),
      ...numbers(20, (n) => 1000 + n * 50),
    ])
  })

  test('up a ramp: the n-th when the integral of the rate is n', async () => {
    // From 0 to 20 calls/s within 10 s: n = t², t in seconds.
    expectTimes(
      await arrivals(evenly(ramp(0, 20, 10_000))),
      numbers(100, (n) => Math.sqrt(n) * 1000),
    )
  })

  test('down a ramp: as up, seen from the end', async () => {
    const down = await arrivals(evenly(ramp(20, 0, 10_000)))
    expectTimes(
      down,
      numbers(100, (n) => (10 - Math.sqrt(100 - n)) * 1000),
    )
  })

  test('in stages: each rate is reached in a straight line, as in k6', async () => {
    const all = await arrivals(evenly(stages([[10_000, 50], [60_000, 50], [10_000, 0]]))) // prettier-ignore
    expect(all).toHaveLength(250 + 3000 + 250)
    expectTimes(
      all.slice(250, 350),
      numbers(100, (n) => 10_000 + n * 20),
    )
  })

  test('in stages: one of no time is a jump', async () => {
    expectTimes(
      await arrivals(evenly(stages([[0, 10], [1000, 10]]))), // prettier-ignore
      numbers(10, (n) => n * 100),
    )
  })

  test('around a mean: each at the time by which so many were expected', async () => {
    const [mean, amplitude, period] = [10, 8, 20_000]
    const times = await arrivals(evenly(sine(mean, amplitude, period, 40_000)))
    expect(times).toHaveLength(400)
    const angle = (2 * Math.PI) / period
    times.forEach((t, n) => {
      const expected = (mean * t + (amplitude / angle) * (1 - Math.cos(angle * t))) / 1000
      expect(expected).toBeCloseTo(n, 6)
    })
  })

  test('over and over', async () => {
    const times = await arrivals(evenly(repeat(steps([500, 4], [500, 0]), 3)))
    expectTimes(times, [0, 250, 1000, 1250, 2000, 2250])
  })

  test('the first comes as soon as there is a rate', async () => {
    expectTimes(await arrivals(evenly(sequence(constant(0, 3000), constant(1, 2000)))), [3000, 4000])
  })

  test('whatever the stages are: their number is the area under them, and they never go back', async () => {
    const stage = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 100 }))
    await fc.assert(
      fc.asyncProperty(fc.array(stage, { minLength: 1, maxLength: 6 }), async (list) => {
        const area =
          list.reduce((sum, [ms, rate], i) => sum + (((list[i - 1]?.[1] ?? 0) + rate) / 2) * ms, 0) / 1000
        const times = await arrivals(evenly(stages(list)))
        expect(Math.abs(times.length - area)).toBeLessThanOrEqual(1)
        expect(times.every((time, i) => time >= (times[i - 1] ?? 0))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

/** The Kolmogorov-Smirnov statistic of the gaps, against the exponential distribution of that mean. */
const ksStatistic = (gaps: readonly number[], mean: number): number => {
  const sorted = [...gaps].sort((a, b) => a - b)
  return sorted.reduce((most, gap, i) => {
    const wanted = 1 - Math.exp(-gap / mean)
    return Math.max(most, (i + 1) / sorted.length - wanted, wanted - i / sorted.length)
  }, 0)
}

/** Where a sample of n is refused at 1 %: the asymptotic value of Kolmogorov's distribution. */
const critical = (n: number): number => 1.628 / Math.sqrt(n)

const gapsOf = (times: readonly number[]): number[] => times.map((time, i) => time - (times[i - 1] ?? 0))

describe('a Poisson process', () => {
  test.each([1, 2, 3, 4, 5])('passes Kolmogorov and Smirnov’s test at 1 %% (seed %d)', async (seed) => {
    const gaps = gapsOf(await arrivals(poisson(constant(100)), 10_000, seed))
    expect(ksStatistic(gaps, 10)).toBeLessThan(critical(10_000))
  })

  test('is told from evenly spaced calls by that test', async () => {
    const gaps = gapsOf(await arrivals(evenly(constant(100)), 1000))
    expect(ksStatistic(gaps, 10)).toBeGreaterThan(critical(1000))
  })

  test('follows the rate: through the integral of a ramp it is a process of rate 1', async () => {
    const times = await arrivals(poisson(ramp(0, 400, 20_000)))
    const calls = times.map((t) => (t * t * 400) / 20_000 / 2000)
    expect(ksStatistic(gapsOf(calls), 1)).toBeLessThan(critical(calls.length))
    expect(Math.abs(times.length - 4000)).toBeLessThan(4 * Math.sqrt(4000))
  })

  test('is settled by the seed', async () => {
    const draw = (seed: number): Promise<number[]> => arrivals(poisson(constant(10)), 50, seed)
    expect(await draw(7)).toEqual(await draw(7))
    expect(await draw(7)).not.toEqual(await draw(8))
  })
})

describe('a replay', () => {
  test('is what was recorded', async () => {
    const times = [0, 3, 3, 250.5, 10_000]
    expectTimes(await arrivals(replayOf(times)), times)
  })

  test('may come from a generator', async () => {
    const bursts = async function* (): AsyncGenerator<number> {
      for (let i = 0; i < 3; i++) {
        yield await Promise.resolve(i * 1000)
        yield i * 1000 + 1
      }
    }
    expectTimes(await arrivals(replayOf(bursts())), [0, 1, 1000, 1001, 2000, 2001])
  })

  test('has the mean rate of what was recorded', async () => {
    const table = createTimetable(replayOf([0, 100, 500, 1000]), createRandom(1), 2)
    await table.next()
    expect(table.rateAt(0)).toBe(6)
  })
})

describe('rates know their peak', () => {
  test.each<[string, Rates, number]>([
    ['constant', constant(5), 5],
    ['a ramp down', ramp(9, 2, 100), 9],
    ['stages', stages([[10, 3], [10, 7], [10, 0]]), 7], // prettier-ignore
    ['a sine', sine(10, 4, 1000), 14],
    ['a repetition', repeat(constant(2, 10)), 2],
  ])('%s', (_, rates, peak) => expect(rates.peak).toBe(peak))
})

describe('refused are', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['a rate below 0', () => constant(-1), /rate of 0 calls per second or more, got -1/],
    ['no number', () => constant(Number.NaN), /got NaN/],
    ['no time', () => constant(1, 0), /a time of more than 0 ms/],
    ['a ramp without end', () => ramp(0, 1, Infinity), /ramp to end/],
    ['a sine below 0', () => sine(5, 6, 1000), /amplitude no greater, got 5 and 6/],
    ['a period of 0', () => sine(5, 1, 0), /a period of more than 0 ms/],
  ])('%s', (_, make, message) => expect(make).toThrow(message))
})
