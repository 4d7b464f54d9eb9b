import { ArgumentError } from '../../errors.ts'
import { level, slope, wave, type Segment } from './segment.ts'

/** The rate of calls over time: stretches, one after the other, made by a generator that may be asked more than once. */
export interface Rates extends AsyncIterable<Segment> {
  /** The highest rate that it comes to, in calls per second. */
  readonly peak: number
}

const ratesOf = (peak: number, segments: () => AsyncGenerator<Segment>): Rates => ({
  peak,
  [Symbol.asyncIterator]: segments,
})

const only = (peak: number, segment: Segment): Rates =>
  ratesOf(peak, async function* () {
    yield await Promise.resolve(segment)
  })

const requireRate = (rate: number): number => {
  if (Number.isFinite(rate) && rate >= 0) return rate
  throw new ArgumentError(`expected a rate of 0 calls per second or more, got ${rate}`)
}

const requireTime = (what: string, ms: number): number => {
  if (ms > 0) return ms
  throw new ArgumentError(`expected ${what} of more than 0 ms, got ${ms}`)
}

/** `rate` calls a second, for `ms` milliseconds; for ever, unless said. Throws ArgumentError, as all of these do. */
export const constant = (rate: number, ms = Infinity): Rates =>
  only(rate, level(requireRate(rate), requireTime('a time', ms)))

/** From one rate to another in a straight line, within `ms` milliseconds. */
export const ramp = (from: number, to: number, ms: number): Rates => {
  if (!Number.isFinite(requireTime('a ramp', ms)))
    throw new ArgumentError('expected a ramp to end some time, got Infinity ms')
  requireRate(from)
  return only(Math.max(from, requireRate(to)), from === to ? level(from, ms) : slope(from, to, ms))
}

/** Around a mean, up and down once in each `period` (ms), for `ms` milliseconds. The amplitude is the mean at most. */
export const sine = (mean: number, amplitude: number, period: number, ms = Infinity): Rates => {
  requireTime('a period', period)
  if (!(requireRate(mean) > 0 && requireRate(amplitude) <= mean))
    throw new ArgumentError(
      `expected a mean of more than 0 calls per second and an amplitude no greater, got ${mean} and ${amplitude}`,
    )
  return only(mean + amplitude, wave(mean, amplitude, period, requireTime('a time', ms)))
}

/** One after the other. */
export const sequence = (...all: readonly Rates[]): Rates =>
  ratesOf(Math.max(0, ...all.map(({ peak }) => peak)), async function* () {
    for (const each of all) yield* each
  })

/** The same again, so many times; for ever, unless said. It must end some time for that. */
export const repeat = (rates: Rates, times = Infinity): Rates =>
  ratesOf(rates.peak, async function* () {
    for (let i = 0; i < times; i++) yield* rates
  })

/** A rate that is reached within, or held for, so many milliseconds. */
export type Stage = readonly [ms: number, rate: number]

/** Each rate held for its time. */
export const steps = (...stages: readonly Stage[]): Rates =>
  sequence(...stages.map(([ms, rate]) => constant(rate, ms)))

/**
 * Each rate reached in a straight line within its time, from the one before, as k6's stages are; at once, where its time is 0.
 * `from` is the first.
 */
export const stages = (list: readonly Stage[], from = 0): Rates =>
  sequence(...list.map(([ms, rate], i) => (ms === 0 ? sequence() : ramp(list[i - 1]?.[1] ?? from, rate, ms))))
