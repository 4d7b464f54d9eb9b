import type { Piece } from './follow-delay.ts'
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

interface Compared {
  /** Where its first frame is in the recording, in samples. */
  readonly from: number
  readonly expected: Float64Array
  readonly heard: Float64Array
}

/** A piece where both are: what was cut off at the ends did not drop out. */
const compare = (reference: Int16Array, recording: Int16Array, piece: Piece, frame: number): Compared => {
  const from = Math.max(0, piece.from + piece.lag)
  const first = from - piece.lag
  const size = Math.max(0, Math.min(piece.to - first, recording.length - from))
  return {
    from,
    expected: frameLevels(reference.subarray(first, first + size), frame),
    heard: frameLevels(recording.subarray(from, from + size), frame),
  }
}

/** How much louder the recording is than the reference, in dB: of those frames that came through. */
const gainOf = (compared: readonly Compared[], audible: number): number => {
  const gains = compared.flatMap(({ expected, heard }) =>
    Array.from(heard, (level, i) =>
      (expected[i] ?? -Infinity) > audible ? level - (expected[i] ?? 0) : -Infinity,
    ),
  )
  return quantile(
    gains.filter((gain) => gain > -Infinity),
    0.75,
  )
}

/**
 * How much of a reference, from the first to the last that is audible of it, lies within a recording, as a share from 0 to 1, before
 * anything drops out; and how long that is in all, in ms.
 */
export const coverageOf = (
  reference: Int16Array,
  recording: Int16Array,
  pieces: readonly Piece[],
  rate: number,
): { readonly share: number; readonly wholeMs: number } => {
  const frame = Math.round((rate * FRAME_MS) / 1000)
  const levels = frameLevels(reference, frame)
  const audible = activeLevel(levels) - AUDIBLE
  const first = levels.findIndex((level) => level > audible) * frame
  const last = (levels.findLastIndex((level) => level > audible) + 1) * frame
  const within = (at: number, least: number, most: number): number => Math.max(least, Math.min(most, at))
  const covered = pieces.reduce((sum, { from, to, lag }) => {
    const [begin, end] = [within(from, first, last), within(to, first, last)]
    return sum + within(end + lag, 0, recording.length) - within(begin + lag, 0, recording.length)
  }, 0)
  const whole = last - first
  return { share: whole > 0 ? covered / whole : 0, wholeMs: (whole * 1000) / rate }
}

/** Joins what the cut between two pieces has parted. */
const joined = (found: readonly DropOut[]): DropOut[] =>
  found.reduce<DropOut[]>((all, next) => {
    const last = all.at(-1)
    if (!last || next.atMs > last.atMs + last.ms + FRAME_MS) return [...all, next]
    return [...all.slice(0, -1), { atMs: last.atMs, ms: Math.round(next.atMs + next.ms - last.atMs) }]
  }, [])

/**
 * Finds the holes in a recording of a reference, of which the pieces have been found; to 5 ms. Beside a pause of the reference
 * (20 ms) none is found, for jitter moves sound by as much.
 */
export const findDropOuts = (
  reference: Int16Array,
  recording: Int16Array,
  pieces: readonly Piece[],
  rate: number,
): Passage => {
  const frame = Math.round((rate * FRAME_MS) / 1000)
  const audible = activeLevel(frameLevels(reference, frame)) - AUDIBLE
  const compared = pieces.map((piece) => compare(reference, recording, piece, frame))
  const gainDb = gainOf(compared, audible)
  const dropOuts = compared.flatMap(({ from, expected, heard }) => {
    const least = leastAround(expected, SLACK_MS / FRAME_MS)
    const missing = Array.from(
      heard,
      (level, i) => (least[i] ?? -Infinity) > audible && level < (least[i] ?? 0) + gainDb - DEPTH,
    )
    return runsOf(missing).map(([i, frames]) => ({
      atMs: ((from + i * frame) * 1000) / rate,
      ms: frames * FRAME_MS,
    }))
  })
  const heardFrames = compared.flatMap(({ expected }) => Array.from(expected))
  return {
    gainDb,
    dropOuts: joined(dropOuts).filter(({ ms }) => ms >= SHORTEST_MS),
    audibleMs: heardFrames.filter((level) => level > audible).length * FRAME_MS,
  }
}
