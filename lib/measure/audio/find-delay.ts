import { correlate, meanOf } from './correlate.ts'
import { frameLevels } from './levels.ts'

/** Where a sound was found in another. */
export interface Alignment {
  /** Its first sample is that many samples behind the other's first; negative where its beginning is not there. */
  readonly lag: number
  /** How alike they are there, from 0 to 1 (the normalised cross-correlation). */
  readonly correlation: number
}

/** Lags that are looked at, in samples. */
export interface DelayRange {
  readonly from: number
  readonly to: number
}

/** So many samples are enough to know a sound by. */
const LONGEST = 32_000

/** A place as quiet as this share of the loudest one is not held to be alike for it. */
const QUIETEST = 0.01

/** So many samples are taken together to look for the place; then the exact one is looked for around it. */
const COARSE = 4

/** Shorter sounds, and those that are gone when samples are taken together, are looked for sample by sample. */
const SHORT = 1000
const LEFT = 0.02

/** Where no place is more alike than this, every sample is needed to tell the right one from chance. */
const DOUBTFUL = 0.3

/** Places that are as alike as this share of the best one could be it, too: of a tone there are many. */
const AMBIGUOUS = 0.85

/** How finely loudness is looked at to choose between them, in samples. */
const FRAME = 40

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

const powerOf = (samples: Int16Array): number => cumulate(samples).at(-1) ?? 0

/** The means of so many samples each. */
const thin = (samples: Int16Array, by: number): Int16Array => {
  if (by === 1) return samples
  const out = new Int16Array(Math.floor(samples.length / by))
  for (let i = 0; i < out.length; i++) {
    let sum = 0
    for (let j = i * by; j < (i + 1) * by; j++) sum += samples[j] ?? 0
    out[i] = sum / by
  }
  return out
}

/** How alike a sound is to each place of another, from one lag on. */
const likenesses = (part: Int16Array, other: Int16Array, { from, to }: DelayRange): Float64Array => {
  const lags = correlate(part, other, from, to)
  const power = powerOf(part)
  const sums = cumulate(other)
  const within = (i: number): number => sums[Math.max(0, Math.min(other.length, i))] ?? 0
  const energies = lags.map((_, i) => within(from + i + part.length) - within(from + i))
  const least = energies.reduce((a, b) => Math.max(a, b), 0) * QUIETEST
  return lags.map((sum, i) => {
    const energy = Math.max(least, energies[i] ?? 0)
    return energy > 0 && power > 0 ? Math.abs(sum) / Math.sqrt(power * energy) : 0
  })
}

/** Loudness over time, as samples that can be correlated. */
const loudnessOf = (samples: Int16Array): Int16Array =>
  Int16Array.from(frameLevels(samples, FRAME), (level) => 30_000 * 10 ** (level / 20))

/** Of places that could all be it, the one where loudness goes up and down as it should. */
const byLoudness = (
  sound: Int16Array,
  other: Int16Array,
  { from, to }: DelayRange,
): ((lag: number) => number) => {
  const [first, last] = [Math.floor(from / FRAME), Math.ceil(to / FRAME)]
  const alike = correlate(loudnessOf(sound), loudnessOf(other), first, last)
  return (lag) => {
    const at = lag / FRAME - first
    const [low, part] = [Math.floor(at), at % 1]
    return (alike[low] ?? 0) * (1 - part) + (alike[low + 1] ?? 0) * part
  }
}

const argMax = (count: number, score: (i: number) => number): number => {
  let [best, at] = [-Infinity, 0]
  for (let i = 0; i < count; i++) {
    const here = score(i)
    if (here > best) [best, at] = [here, i]
  }
  return at
}

/**
 * Finds a sound in another, by the largest normalised cross-correlation: wherever it is, however loud, either way round.
 * Undefined where one of them is silent. Where several places are much alike, as of a steady tone, `prefer` chooses; default is
 * how loudness goes up and down.
 */
export const findDelay = (
  sound: Int16Array,
  other: Int16Array,
  range: DelayRange = { from: -sound.length + 1, to: other.length - 1 },
  prefer?: (lag: number) => number,
): Alignment | undefined => {
  const at = loudestPart(sound)
  const part = sound.subarray(at, at + LONGEST)
  const [from, to] = [Math.max(range.from, -sound.length + 1), Math.min(range.to, other.length - 1)]
  const power = powerOf(part)
  if (power === 0 || to < from || powerOf(other) === 0) return undefined
  const together = thin(part, COARSE)
  const fits = part.length > SHORT && powerOf(together) * COARSE > LEFT * power
  const look = (by: number): { by: number; first: number; coarse: Float64Array; best: number } => {
    const first = Math.floor((from + at) / by)
    const range = { from: first, to: Math.ceil((to + at) / by) }
    const coarse = likenesses(thin(part, by), thin(other, by), range)
    return { by, first, coarse, best: coarse.reduce((a, b) => Math.max(a, b), 0) }
  }
  const quick = look(fits ? COARSE : 1)
  const { by, first, coarse, best } = quick.by > 1 && quick.best < DOUBTFUL ? look(1) : quick
  const enough = AMBIGUOUS * best
  const score = prefer ?? byLoudness(sound, other, { from, to })
  const place = argMax(coarse.length, (i) =>
    (coarse[i] ?? 0) >= enough ? score((first + i) * by - at) : -Infinity,
  )
  // The best place is within a coarse sample of the best coarse one, or of a peak beside the one that was preferred.
  const near = { from: (first + place) * by - 2 * COARSE, to: (first + place) * by + 2 * COARSE }
  const fine = likenesses(part, other, near)
  const exact = argMax(fine.length, (i) => fine[i] ?? 0)
  return { lag: near.from + exact - at, correlation: Math.min(1, fine[exact] ?? 0) }
}
