import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDropOuts, type Passage } from '../../../lib/measure/audio/drop-outs.ts'
import { add, cutOut, noise, RATE, scale, shift } from './sounds.ts'

const MS = RATE / 1000
const CLIP = noise(3000, 8000)

/** As if it had been found in one piece. */
const dropOutsOf = (clip: Int16Array, heard: Int16Array, lag: number): Passage =>
  findDropOuts(clip, heard, [{ from: 0, to: clip.length, lag, correlation: 1, found: true }], RATE)

const within = (found: number, expected: number, ms: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(ms)

describe('drop-outs', () => {
  test('a hole is found where it is and for how long, to a frame of 5 ms, however late and loud the sound is', () => {
    const hole = fc.record({
      at: fc.integer({ min: 100, max: 2400 }),
      ms: fc.integer({ min: 20, max: 400 }),
      late: fc.integer({ min: 0, max: 500 }),
      factor: fc.double({ min: 0.05, max: 3, noNaN: true }),
    })
    fc.assert(
      fc.property(hole, ({ at, ms, late, factor }) => {
        const heard = shift(scale(cutOut(CLIP, at, ms), factor), late)
        const { dropOuts, gainDb } = dropOutsOf(CLIP, heard, late * MS)
        expect(dropOuts).toHaveLength(1)
        within(dropOuts[0]?.atMs ?? NaN, late + at, 5)
        within(dropOuts[0]?.ms ?? NaN, ms, 10)
        within(gainDb, 20 * Math.log10(factor), 0.5)
      }),
      { numRuns: 50 },
    )
  })

  test('several are told apart, and comfort noise fills none', () => {
    const cut = [500, 1000, 2000].reduce((sound, at) => cutOut(sound, at, 60), CLIP)
    const { dropOuts, audibleMs } = dropOutsOf(CLIP, add(cut, noise(3000, 30, 9)), 0)
    expect(dropOuts.map(({ atMs }) => atMs)).toEqual([500, 1000, 2000])
    expect(dropOuts.map(({ ms }) => ms)).toEqual([60, 60, 60])
    expect(audibleMs).toBe(3000)
  })

  test('pauses of the clip are none, and a packet of jitter makes none', () => {
    const spoken = [700, 1500, 2300].reduce((sound, at) => cutOut(sound, at, 300), CLIP)
    expect(dropOutsOf(spoken, spoken, 0).dropOuts).toEqual([])
    const moved = spoken.slice()
    moved.set(spoken.subarray(1600 * MS, -20 * MS), 1620 * MS)
    expect(dropOutsOf(spoken, moved, 0).dropOuts).toEqual([])
  })

  test('what was cut off at an end did not drop out', () => {
    expect(dropOutsOf(CLIP, CLIP.subarray(RATE), -RATE).dropOuts).toEqual([])
    expect(dropOutsOf(CLIP, CLIP.subarray(0), 0).dropOuts).toEqual([])
    expect(dropOutsOf(CLIP, CLIP, 10 * CLIP.length)).toEqual({
      gainDb: 0,
      dropOuts: [],
      audibleMs: 0,
    })
  })
})
