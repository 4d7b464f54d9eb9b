import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { correlate } from '../../../lib/measure/audio/correlate.ts'
import { findDelay } from '../../../lib/measure/audio/find-delay.ts'
import { add, noise, RATE, scale, shift, speech } from './sounds.ts'

const CLIP = speech(1500)
const MS = RATE / 1000

const lagOf = (sound: Int16Array, other: Int16Array): number => findDelay(sound, other)?.lag ?? NaN

describe('the delay of a clip', () => {
  test('is found to the millisecond whatever it is, with noise as loud as the clip', () => {
    // Not noise of seed 1: that is what the clip is made of, and so the clip again where it begins.
    fc.assert(
      fc.property(fc.integer({ min: -700, max: 4000 }), fc.integer({ min: 2, max: 99 }), (ms, seed) => {
        const late = shift(CLIP, ms)
        const heard = add(late, noise((late.length * 1000) / RATE, 2000, seed))
        expect(Math.abs(lagOf(CLIP, heard) - ms * MS)).toBeLessThanOrEqual(MS)
      }),
      { numRuns: 20 },
    )
  })

  test('does not depend on how loud it is, nor on which way round', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 4, noNaN: true }), fc.boolean(), (factor, turned) => {
        const heard = scale(shift(CLIP, 123), turned ? -factor : factor)
        const { lag = NaN, correlation = 0 } = findDelay(CLIP, heard) ?? {}
        expect(lag).toBe(123 * MS)
        expect(correlation).toBeGreaterThan(factor > 3 ? 0.9 : 0.99)
      }),
      { numRuns: 20 },
    )
  })

  test('of a clip of 20 s is found in a recording of a minute', () => {
    const long = speech(20_000, 5)
    expect(lagOf(long, add(shift(long, 31_234), noise(51_234, 300)))).toBe(31_234 * MS)
  })

  test('is looked for only where it may be', () => {
    const twice = new Int16Array(6 * RATE)
    twice.set(scale(CLIP, 0.5), RATE)
    twice.set(CLIP, 4 * RATE)
    expect(findDelay(CLIP, twice, { from: 0, to: 2 * RATE })?.lag).toBe(RATE)
  })

  test('another sound is not like it, and silence is like nothing', () => {
    expect(findDelay(CLIP, speech(3000, 77))?.correlation).toBeLessThan(0.3)
    expect(findDelay(CLIP, new Int16Array(RATE))).toBeUndefined()
    expect(findDelay(new Int16Array(RATE), CLIP)).toBeUndefined()
    expect(findDelay(new Int16Array(), new Int16Array())).toBeUndefined()
  })
})

test('the correlation by Fourier transform is the sum of products that it stands for', () => {
  const sample = fc.integer({ min: -100, max: 100 })
  const sounds = fc.array(sample, { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(sounds, sounds, (a, b) => {
      const mean = (of: number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length
      const [short, long] = [a.map((each) => each - mean(a)), b.map((each) => each - mean(b))]
      const found = correlate(Int16Array.from(a), Int16Array.from(b), -a.length, b.length)
      found.forEach((value, i) => {
        const lag = i - a.length
        const sum = short.reduce((all, each, j) => all + each * (long[j + lag] ?? 0), 0)
        expect(Math.abs(value - sum)).toBeLessThan(1e-6)
      })
    }),
  )
})
