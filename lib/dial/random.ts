import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Draws a number from 0 up to 1, 1 left out. */
export type Random = () => number

/** Numbers that a seed settles: the same seed, the same run. */
export const createRandom = (seed: number): Random => {
  const generator = xoroshiro128plus(seed)
  return () => uniformFloat64(generator)
}

/** A seed for a run that was given none; told in its summary, so that the run can be had again. */
export const newSeed = (): number => Math.floor(Math.random() * 2 ** 31)

/** Exponentially distributed with a mean of 1. */
export const exponentialOf = (random: Random): number => -Math.log(1 - random())

/** Normally distributed around 0 with a deviation of 1 (Box and Muller, 1958). */
export const normalOf = (random: Random): number =>
  Math.sqrt(2 * exponentialOf(random)) * Math.cos(2 * Math.PI * random())
