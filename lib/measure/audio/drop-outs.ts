import { activeLevel, frameLevels } from './levels.ts'

/** A hole in a sound: where the reference goes on and this one does not. */
export interface DropOut {
  /** From the beginning of the recording, in ms. */
  readonly atMs: number
  readonly ms: number
}

/** How finely sound is looked at, in ms. */
const FRAME_MS = 5

/** A hole is so far below what was expected there, in dB: more than a codec, less than comfort noise. */
const DEPTH = 25

/** What the reference must have there to be missed, in dB below its own level: pauses have no holes. */
const AUDIBLE = 20

/** A jitter buffer moves sound by as much as a packet: so far around, in ms, the reference must be audible. */
const SLACK_MS = 20

/** Shorter ones are left to the ear, in ms. */
const SHORTEST_MS = 10

const quantile = (values: number[], share: number): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0

/** The least level from `slack` frames before to as many behind. */
const leastAround = (levels: Float64Array, slack: number): Float64Array =>
  levels.map((_, i) => {
    let least = Infinity
    for (let j = Math.max(0, i - slack); j <= Math.min(levels.length - 1, i + slack); j++)
      least = Math.min(least, levels[j] ?? 0)
    return least
  })

/** How much louder the recording is than the reference, in dB: of those frames that came through. */
const gainBetween = (reference: Float64Array, recording: Float64Array): number => {
  const audible = activeLevel(reference) - AUDIBLE
  const gains: number[] = []
  recording.forEach((level, i) => {
    const expected = reference[i] ?? -Infinity
    if (expected > audible && level > -Infinity) gains.push(level - expected)
  })
  return quantile(gains, 0.75)
}

const runsOf = (missing: readonly boolean[]): [from: number, frames: number][] => {
  const runs: [number, number][] = []
  missing.forEach((is, i) => {
    const last = runs.at(-1)
    if (is && last && last[0] + last[1] === i) last[1]++
    else if (is) runs.push([i, 1])
  })
  return runs
}

/** What was found of a reference in a recording. */
export interface Passage {
  readonly gainDb: number
  readonly dropOuts: readonly DropOut[]
  /** How long the reference is audible there, in ms: what could drop out. */
  readonly audibleMs: number
}

/**
 * Finds the holes in a recording in which the reference begins `lag` samples behind its beginning; to 5 ms. Beside a pause of
 * the reference (20 ms) none is found, for jitter moves sound by as much.
 */
export const findDropOuts = (
  reference: Int16Array,
  recording: Int16Array,
  lag: number,
  rate: number,
): Passage => {
  const frame = Math.round((rate * FRAME_MS) / 1000)
  // Only where both are: what was cut off at the ends did not drop out.
  const [from, skipped] = [Math.max(0, lag), Math.max(0, -lag)]
  const size = Math.min(recording.length - from, reference.length - skipped)
  if (size < frame) return { gainDb: 0, dropOuts: [], audibleMs: 0 }
  const expected = frameLevels(reference.subarray(skipped, skipped + size), frame)
  const heard = frameLevels(recording.subarray(from, from + size), frame)
  const gainDb = gainBetween(expected, heard)
  const audible = activeLevel(expected) - AUDIBLE
  const least = leastAround(expected, SLACK_MS / FRAME_MS)
  const missing = Array.from(
    heard,
    (level, i) => (least[i] ?? -Infinity) > audible && level < (least[i] ?? 0) + gainDb - DEPTH,
  )
  return {
    gainDb,
    dropOuts: runsOf(missing)
      .map(([i, frames]) => ({ atMs: ((from + i * frame) * 1000) / rate, ms: frames * FRAME_MS }))
      .filter(({ ms }) => ms >= SHORTEST_MS),
    audibleMs: expected.filter((level) => level > audible).length * FRAME_MS,
  }
}
