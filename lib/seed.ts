/** Four words of 32 bits: the state that a generator of random numbers begins with. */
export type SeedState = readonly [number, number, number, number]

const MASK = (1n << 64n) - 1n
/** 2^64 divided by the golden ratio: how far splitmix64 steps. */
const STEP = 0x9e3779b97f4a7c15n

/** The output function of splitmix64 (Steele, Lea and Flood 2014; constants by Stafford, "variant 13"). */
const mix = (state: bigint): bigint => {
  let z = state & MASK
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
  return z ^ (z >> 31n)
}

/** FNV-1a, 64 bits. */
const hash = (name: string): bigint => {
  let value = 0xcbf29ce484222325n
  for (const byte of Buffer.from(name)) value = ((value ^ BigInt(byte)) * 0x100000001b3n) & MASK
  return value
}

/** All 64 bits of a number, so that any two numbers are two seeds; -0 is 0. */
const bitsOf = (seed: number): bigint => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, seed + 0)
  return view.getBigUint64(0)
}

/**
 * Mixes a seed and the name of a stream into the state of a generator (splitmix64). Generators that are started with the seed
 * itself draw nearly the same first numbers for all small seeds; with this, the first draws of adjacent seeds, and of the
 * streams of one seed, have nothing to do with each other.
 */
export const streamState = (seed: number, name: string): SeedState => {
  const start = mix(mix(bitsOf(seed) + STEP) ^ hash(name))
  const [a, b] = [mix(start + STEP), mix(start + 2n * STEP)]
  return [
    Number(a >> 32n) | 0,
    Number(a & 0xffffffffn) | 0,
    Number(b >> 32n) | 0,
    Number(b & 0xffffffffn) | 0,
  ]
}

/** Derives a seed from another one by a name: a whole number from 0 to 2^53 - 1. */
export const childSeed = (seed: number, name: string): number => {
  const [high, low] = streamState(seed, name)
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0)
}
