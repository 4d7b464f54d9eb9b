import { findDelay, type Alignment } from './find-delay.ts'

/** A part of a sound, and where it is in the recording. Places and lengths in samples. */
export interface Piece extends Alignment {
  /** Of the sound. */
  readonly from: number
  readonly to: number
  /** Whether it was found by itself; else it is held to be where the one before it is. */
  readonly found: boolean
}

/** So long a part can be told from others, in ms. */
const PIECE_MS = 400

/** How far a part may be from where the one before it is, in ms: three packets that came late, or were never played. */
const DRIFT_MS = 60

/** From this correlation on, a part is taken for found. */
const ALIKE = 0.5

/** A part with less of the power than this share of the loudest one's is a pause. */
const PAUSE = 0.01

const powerOf = (samples: Int16Array): number => samples.reduce((sum, sample) => sum + sample ** 2, 0)

/**
 * Follows a sound through a recording part by part: where packets come late, or a jitter buffer grows or shrinks, what comes
 * behind is later or earlier than what was before. `start` is where the whole of it was found.
 */
export const followDelay = (
  sound: Int16Array,
  recording: Int16Array,
  start: Alignment,
  rate: number,
): readonly Piece[] => {
  const size = Math.round((rate * PIECE_MS) / 1000)
  const drift = Math.round((rate * DRIFT_MS) / 1000)
  const parts: Int16Array[] = []
  for (let at = 0; at < sound.length; at += size) parts.push(sound.subarray(at, at + size))
  const powers = parts.map(powerOf)
  const loudest = Math.max(...powers)
  let { lag } = start
  return parts.map((part, i) => {
    const from = i * size
    const expected = lag
    const near = { from: from + lag - drift, to: from + lag + drift }
    const is =
      (powers[i] ?? 0) > PAUSE * loudest
        ? findDelay(part, recording, near, (at) => -Math.abs(at - from - expected))
        : undefined
    const found = is !== undefined && is.correlation >= ALIKE
    if (found) lag = is.lag - from
    return { from, to: from + part.length, lag, correlation: is?.correlation ?? 0, found }
  })
}
