import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equipmentOf } from '../../../lib/measure/audio/equipment.ts'
import { estimateMos } from '../../../lib/measure/audio/estimate-mos.ts'
import { delayImpairment, mosOf, ratingOf } from '../../../lib/measure/audio/e-model.ts'

const tenth = (value: number): number => Math.round(value * 10) / 10

describe('the E-model', () => {
  test('all defaults: R = 93.2 (ITU-T G.107, 7.7), MOS 4.41', () => {
    expect(tenth(ratingOf())).toBe(93.2)
    expect(mosOf(ratingOf()).toFixed(2)).toBe('4.41')
  })

  // ITU-T G.107, annex B, table B.1: the lower limits of what users think. Its 4.03 is 4.024 by the
  // formula of the same annex.
  test.each([
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ])('R = %d is a MOS of %s', (r, mos) => {
    expect(Math.abs(mosOf(r) - mos)).toBeLessThan(0.01)
  })

  test('MOS is 1 from R = 0 down, and 4.5 from R = 100 up', () => {
    expect([mosOf(-10), mosOf(0), mosOf(100), mosOf(120)]).toEqual([1, 1, 4.5, 4.5])
  })

  // ITU-T G.107, 7.4: X = log2(Ta / 100); at 200 ms 25 (2^(1/6) - 3 (1 + 3^-6)^(1/6) + 2), at 400 ms
  // 25 (65^(1/6) - 3 (1 + (2/3)^6)^(1/6) + 2).
  test.each([
    [0, 0],
    [100, 0],
    [200, 3.04],
    [400, 24.07],
  ])('a delay of %d ms without echo costs %d', (ms, cost) => {
    expect(delayImpairment(ms)).toBeCloseTo(cost, 2)
  })

  test('delay brings echo, too, with the default echo loss of 65 dB', () => {
    expect(ratingOf({ delayMs: 100 })).toBeLessThan(ratingOf() - 1)
    expect(ratingOf({ delayMs: 400 })).toBeLessThan(ratingOf() - 24.07)
  })

  // ITU-T G.107, 7.5: Ie-eff = Ie + (95 - Ie) Ppl / (Ppl / BurstR + Bpl).
  test.each([
    ['PCMU', 0, 93.2],
    ['PCMU', 1, 75.28], // 93.2 - 95 / 5.3
    ['PCMA', 2, 63.05], // 93.2 - 190 / 6.3
    ['G729', 0, 82.2],
    ['G729', 3, 70.75], // 93.2 - (11 + 252 / 22)
    ['GSM', 0, 73.2],
    ['AAL2-G726-32', 0, 86.2],
  ])('%s with a loss of %d per cent has R = %d', (codec, lossPercent, r) => {
    expect(Math.abs((estimateMos({ codec, lossPercent, delayMs: 0 })?.r ?? NaN) - r)).toBeLessThan(0.02)
  })

  test('losses in bursts are worse than losses at random', () => {
    const lossy = { lossPercent: 2, lossRobustness: 4.3 }
    expect(ratingOf({ ...lossy, burstRatio: 2 })).toBeLessThan(ratingOf(lossy))
  })

  test('what has no planning values has no estimate: wide-band codecs, losses without a Bpl', () => {
    expect(equipmentOf('opus')).toBeUndefined()
    expect(estimateMos({ codec: 'G722', lossPercent: 0, delayMs: 0 })).toBeNull()
    expect(estimateMos({ codec: 'GSM', lossPercent: 1, delayMs: 0 })).toBeNull()
  })

  test('more delay or more loss is never better, and MOS stays from 1 to 4.5', () => {
    const figures = fc.tuple(
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
    )
    fc.assert(
      fc.property(figures, figures, ([delay, loss], [moreDelay, moreLoss]) => {
        const before = ratingOf({ delayMs: delay, lossPercent: loss })
        const after = ratingOf({ delayMs: delay + moreDelay, lossPercent: loss + moreLoss })
        expect(after).toBeLessThanOrEqual(before + 0.1)
        expect(mosOf(after)).toBeGreaterThanOrEqual(1)
        expect(mosOf(after)).toBeLessThanOrEqual(4.5)
      }),
    )
  })
})
