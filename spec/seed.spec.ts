import { describe, expect, test } from 'vitest'
import { createRandom } from '../lib/dial/random.ts'
import { childSeed } from '../lib/seed.ts'
import { createUuids } from '../lib/service/uuids.ts'
import { createRandom as createSimRandom } from '../lib/sim/core/random.ts'

/** What each stream draws first of a seed, from 0 to 1. */
const STREAMS: Readonly<Record<string, (seed: number) => number>> = {
  arrivals: (seed) => createRandom(seed, 'arrivals')(),
  hold: (seed) => createRandom(seed, 'hold')(),
  'ids of the embedded switch': (seed) => createSimRandom(seed, 'ids').unit(),
  'parties of the embedded switch': (seed) => createSimRandom(seed, 'parties').unit(),
  uuids: (seed) => Number.parseInt(createUuids(seed, 'calls')().slice(0, 8), 16) / 2 ** 32,
  'seeds of clients': (seed) => childSeed(seed, 'client 0') / 2 ** 53,
}

const SEEDS = 100_000
const draws = (first: (seed: number) => number): Float64Array =>
  Float64Array.from({ length: SEEDS }, (_, seed) => first(seed))

/** Kolmogorov and Smirnov: the probability that uniform draws are as far from uniform, or farther. */
const ksProbability = (values: Float64Array): number => {
  const n = values.length
  const distance = values
    .toSorted()
    .reduce((most, value, i) => Math.max(most, (i + 1) / n - value, value - i / n), 0)
  const x = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return sum
}

const correlation = (a: Float64Array, b: Float64Array): number => {
  const n = Math.min(a.length, b.length)
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0]
    sa += x
    sb += y
    saa += x * x
    sbb += y * y
    sab += x * y
  }
  return (n * sab - sa * sb) / Math.sqrt((n * saa - sa * sa) * (n * sbb - sb * sb))
}

/** Four standard deviations of the correlation of numbers that have nothing to do with each other. */
const CHANCE = 4 / Math.sqrt(SEEDS)

describe('seeds', () => {
  const firsts = new Map(Object.entries(STREAMS).map(([name, first]) => [name, draws(first)]))

  test.each(Object.keys(STREAMS))('the first draws of 100,000 seeds are uniform: %s', (name) => {
    expect(ksProbability(firsts.get(name) ?? new Float64Array())).toBeGreaterThan(0.01)
  })

  test.each(Object.keys(STREAMS))('adjacent seeds have nothing to do with each other: %s', (name) => {
    const values = firsts.get(name) ?? new Float64Array()
    expect(Math.abs(correlation(values, values.subarray(1)))).toBeLessThan(CHANCE)
  })

  test('the streams of a seed have nothing to do with each other', () => {
    const names = [...firsts.keys()]
    for (const [i, a] of names.entries())
      for (const b of names.slice(i + 1)) {
        const found = correlation(firsts.get(a) ?? new Float64Array(), firsts.get(b) ?? new Float64Array())
        expect([a, b, Math.abs(found) < CHANCE]).toEqual([a, b, true])
      }
  })

  test('the first ten draws of one stream are uniform over seeds, not the first alone', () => {
    const later = draws((seed) => {
      const random = createRandom(seed, 'hold')
      for (let i = 0; i < seed % 10; i++) random()
      return random()
    })
    expect(ksProbability(later)).toBeGreaterThan(0.01)
  })

  test('the same seed and name give the same numbers; another name, -1 and a fraction give others', () => {
    const ten = (seed: number, name: 'arrivals' | 'hold'): number[] => {
      const random = createRandom(seed, name)
      return Array.from({ length: 10 }, () => random())
    }
    expect(ten(7, 'hold')).toEqual(ten(7, 'hold'))
    for (const other of [ten(7, 'arrivals'), ten(-7, 'hold'), ten(7.5, 'hold'), ten(7 + 2 ** 32, 'hold')])
      expect(other).not.toEqual(ten(7, 'hold'))
  })
})
