import { expect, test } from 'vitest'
import { followDelay } from '../../../lib/measure/audio/follow-delay.ts'
import { RATE, shift, speech } from './sounds.ts'

const MS = RATE / 1000
const CLIP = speech(3000)

/** The lags of its pieces in ms. */
const lagsOf = (recording: Int16Array, start: number): number[] =>
  followDelay(CLIP, recording, { lag: start * MS, correlation: 1 }, RATE).map(({ lag }) => lag / MS)

test('sound that comes later and later is followed', () => {
  const late = [
    CLIP.subarray(0, 800 * MS),
    shift(CLIP.subarray(800 * MS, 2000 * MS), 20),
    shift(CLIP.subarray(2000 * MS), 40),
  ]
  const recording = Int16Array.from(late.flatMap((part) => Array.from(part)))
  expect(lagsOf(recording, 0)).toEqual([0, 0, 20, 20, 20, 60, 60, 60])
})

test('pauses, and what is not there, are held to be where the sound before them is', () => {
  expect(lagsOf(new Int16Array(CLIP.length), 100)).toEqual(Array<number>(8).fill(100))
  expect(lagsOf(shift(speech(3000, 42), 30), 30)).toEqual(Array<number>(8).fill(30))
})
