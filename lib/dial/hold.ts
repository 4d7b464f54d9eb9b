import { ArgumentError } from '../errors.ts'
import { exponentialOf, normalOf, type Random } from './random.ts'

/** How long calls are held, in ms, call by call. */
export interface HoldTimes {
  draw(random: Random): number
  readonly mean: number
}

const requireMean = (mean: number): number => {
  if (mean > 0 && Number.isFinite(mean)) return mean
  throw new ArgumentError(`expected a mean hold time of more than 0 ms, got ${mean}`)
}

/** Exponentially distributed, as in Erlang's formulas. Throws ArgumentError, as all of these do. */
export const exponential = (mean: number): HoldTimes => {
  requireMean(mean)
  return { mean, draw: (random) => mean * exponentialOf(random) }
}

/** Lognormally distributed, as measured conversations are; with that mean and standard deviation, in ms. */
export const lognormal = (mean: number, deviation: number): HoldTimes => {
  if (!(deviation >= 0))
    throw new ArgumentError(`expected a standard deviation of 0 ms or more, got ${deviation}`)
  // The mean and deviation of the logarithm that give those of the value.
  const variance = Math.log(1 + (deviation / requireMean(mean)) ** 2)
  const center = Math.log(mean) - variance / 2
  return { mean, draw: (random) => Math.exp(center + Math.sqrt(variance) * normalOf(random)) }
}

/** These, in turn, and again from the first. */
export const inTurn = (times: readonly number[]): HoldTimes => {
  const wrong = times.find((time) => !(time >= 0))
  if (times.length === 0 || wrong !== undefined)
    throw new ArgumentError(`expected hold times of 0 ms or more, at least one, got ${wrong ?? 'none'}`)
  let next = 0
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  return { mean, draw: () => times[next++ % times.length] ?? 0 }
}

/** How long a call is held, in ms; 0: until somebody else ends it. */
export interface Hold {
  readonly ms: number
  readonly from: 'answer' | 'launch'
}

export interface HoldSettings {
  readonly rate: number
  readonly limit: number
  /** Undefined: what keeps the limit up, or 5 s where there is none. */
  readonly duration: number | HoldTimes | undefined
}

/** What the release of a call takes before it counts as ended, in ms; half of a short call at most. */
const RELEASE = 100

/** How long calls are held that nobody said anything of, in ms. */
const USUAL = 5000

/**
 * As long as was asked for, from the answer. Where only a limit was given: so long that `rate` calls a second keep `limit`
 * calls up (Erlang: A = λ·h). That h is the whole time a call takes up, so it counts from the launch, and is cut by what
 * the release takes: the limit is reached, and nothing is dropped for it.
 */
export const holdOf = ({ rate, limit, duration }: HoldSettings, random: Random): Hold => {
  if (typeof duration === 'number') return { ms: duration, from: 'answer' }
  // 0 would be for ever.
  if (duration) return { ms: Math.max(1, duration.draw(random)), from: 'answer' }
  if (!Number.isFinite(limit) || !(rate > 0)) return { ms: USUAL, from: 'answer' }
  const occupancy = (limit / rate) * 1000
  return { ms: occupancy - Math.min(RELEASE, occupancy / 2), from: 'launch' }
}

/** The mean of what `holdOf` gives, in ms. */
export const meanHold = (settings: HoldSettings): number =>
  typeof settings.duration === 'object' ? settings.duration.mean : holdOf(settings, () => 0).ms
