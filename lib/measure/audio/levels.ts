/**
 * Levels in dBov: 0 is the power of a square wave that is as loud as can be, a sine at the overload point has -3.01
 * (ITU-T G.100.1). Silence is -Infinity.
 */
export const FULL_SCALE = 32_768

/** Of a mean square of samples of 16 bits. */
export const dbov = (meanSquare: number): number => 10 * Math.log10(meanSquare / FULL_SCALE ** 2)

/** Levels of frames that follow each other, in dBov; what is left over at the end is no frame. */
export const frameLevels = (samples: Int16Array, frame: number): Float64Array => {
  const levels = new Float64Array(Math.floor(samples.length / frame))
  for (let i = 0; i < levels.length; i++) {
    let sum = 0
    for (let j = i * frame; j < (i + 1) * frame; j++) sum += (samples[j] ?? 0) ** 2
    levels[i] = dbov(sum / frame)
  }
  return levels
}

/** How far below the loudest frame there is still speech, in dB: its quiet sounds, not the pauses. */
const SPEECH_RANGE = 30

/** The level of those frames that are not pauses, in dBov. */
export const activeLevel = (levels: Float64Array): number => {
  const loudest = levels.reduce((a, b) => Math.max(a, b), -Infinity)
  const active = levels.filter((level) => level > -Infinity && level >= loudest - SPEECH_RANGE)
  return 10 * Math.log10(active.reduce((sum, level) => sum + 10 ** (level / 10), 0) / active.length)
}

/** How loud a sound is, and how much of it there is. */
export interface Levels {
  /** Of the frames that are not pauses, in dBov; null for digital silence. */
  readonly activeDbov: number | null
  /** Of its largest sample, in dB below the overload point; null for digital silence. */
  readonly peakDb: number | null
  /** Share of its time in which it is louder than the threshold of silence, from 0 to 1. */
  readonly soundShare: number
}

/** Frames of 20 ms, as RTP has them. */
const FRAME_MS = 20

const orNull = (level: number): number | null => (Number.isFinite(level) ? level : null)

/** Measures a sound; what is not louder than `silenceDbov` is silence. */
export const levelsOf = (samples: Int16Array, rate: number, silenceDbov: number): Levels => {
  const levels = frameLevels(samples, Math.round((rate * FRAME_MS) / 1000))
  const peak = samples.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
  return {
    activeDbov: orNull(activeLevel(levels)),
    peakDb: orNull(20 * Math.log10(peak / FULL_SCALE)),
    soundShare:
      levels.length === 0 ? 0 : levels.filter((level) => level > silenceDbov).length / levels.length,
  }
}
