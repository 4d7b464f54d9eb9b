import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { streamState } from '../seed.ts'

/** Draws a number from 0 up to 1, 1 left out. */
export type Random = () => number

/** What a run draws at random; each has a stream of its own, so that one more draw of one moves nothing of another. */
export type StreamName = 'arrivals' | 'hold'

/** Creates a stream of numbers: the same seed and name give the same numbers. */
export const createRandom = (seed: number, stream: StreamName = 'arrivals'): Random => {
  const generator = xoroshiro128plusFromState(streamState(seed, stream))
  return () => uniformFloat64(generator)
}

/** A seed for a run that was given none; told in its summary, so that the run can be had again. */
export const newSeed = (): number => Math.floor(Math.random() * 2 ** 31)

/** Exponentially distributed with a mean of 1. */
export const exponentialOf = (random: Random): number => -Math.log(1 - random())

/** Normally distributed around 0 with a deviation of 1 (Box and Muller, 1958). */
export const normalOf = (random: Random): number =>
  Math.sqrt(2 * exponentialOf(random)) * Math.cos(2 * Math.PI * random())
