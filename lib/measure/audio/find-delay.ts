import { correlate, meanOf } from './correlate.ts'

/** Where a sound was found in another. */
export interface Alignment {
  /** Its first sample is that many samples behind the other's first; negative where its beginning is not there. */
  readonly lag: number
  /** How alike they are there, from 0 to 1 (the normalised cross-correlation). */
  readonly correlation: number
}

export interface DelayRange {
  /** Lags that are looked at, in samples. */
  readonly from: number
  readonly to: number
}

/** So many samples are enough to know a sound by, and take some ten ms to be looked for. */
const LONGEST = 32_000

/** A place as quiet as this share of the loudest one is not held to be alike for it. */
const QUIETEST = 0.01

/** The part of a sound that has most of its power: where the sound is longer than what is needed. */
const loudestPart = (samples: Int16Array): number => {
  if (samples.length <= LONGEST) return 0
  let [sum, best, at] = [0, 0, 0]
  for (let i = 0; i < samples.length; i++) {
    sum += (samples[i] ?? 0) ** 2 - (i >= LONGEST ? (samples[i - LONGEST] ?? 0) ** 2 : 0)
    if (i >= LONGEST - 1 && sum > best) [best, at] = [sum, i - LONGEST + 1]
  }
  return at
}

/** Sums of the squares up to each sample, without the mean. */
const cumulate = (samples: Int16Array): Float64Array => {
  const mean = meanOf(samples)
  const sums = new Float64Array(samples.length + 1)
  for (let i = 0; i < samples.length; i++) sums[i + 1] = (sums[i] ?? 0) + ((samples[i] ?? 0) - mean) ** 2
  return sums
}

/**
 * Finds a sound in another, by the largest normalised cross-correlation: wherever it is, however loud, either way round.
 * Undefined where one of them is silent. A sound that repeats itself, such as a steady tone, is found at one of the places
 * that it could be at.
 */
export const findDelay = (
  sound: Int16Array,
  other: Int16Array,
  range: DelayRange = { from: -sound.length + 1, to: other.length - 1 },
): Alignment | undefined => {
  const at = loudestPart(sound)
  const part = sound.subarray(at, at + LONGEST)
  const power = cumulate(part).at(-1) ?? 0
  const sums = cumulate(other)
  const [from, to] = [Math.max(range.from, -sound.length + 1) + at, Math.min(range.to, other.length - 1) + at]
  if (power === 0 || (sums.at(-1) ?? 0) === 0 || to < from) return undefined
  const within = (i: number): number => sums[Math.max(0, Math.min(other.length, i))] ?? 0
  const energyAt = (lag: number): number => within(lag + part.length) - within(lag)
  const lags = correlate(part, other, from, to)
  let least = 0
  for (let i = 0; i < lags.length; i++) least = Math.max(least, energyAt(from + i) * QUIETEST)
  let [best, correlation] = [0, -1]
  for (let i = 0; i < lags.length; i++) {
    const alike = Math.abs(lags[i] ?? 0) / Math.sqrt(power * Math.max(least, energyAt(from + i)))
    if (alike > correlation) [best, correlation] = [from + i, alike]
  }
  return { lag: best - at, correlation: Math.min(1, correlation) }
}
