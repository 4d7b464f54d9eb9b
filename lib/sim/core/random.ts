import { streamState, type SeedState } from '../../seed.ts'
import { flat } from '../events/flat.ts'

/** Where all chance in the embedded switch comes from; the same seed gives the same run. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
  /** A number from 0 up to, not including, 1. */
  unit(): number
  /** A version 4 UUID, as FreeSWITCH makes them. */
  uuid(): string
  /** Letters and digits, as SIP tags and branches are made of. */
  token(length: number): string
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))
const hex = (byte: number): string => HEX[byte & 255] ?? '00'
const hex2 = (n: number): string => hex(n >>> 8) + hex(n)
const hex4 = (n: number): string => hex(n >>> 24) + hex(n >>> 16) + hex(n >>> 8) + hex(n)

const TOKEN = 'abcdefghjkmnprstuvwxyzABCDEFGHJKMNPRSTUVWXYZ0123456789'

/** A generator over 32 bit words (sfc32): small, quick, and good enough for what is not a secret. */
const words = ([first, second, third]: SeedState): (() => number) => {
  let a = first
  let b = second
  let c = third
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** What the switch draws: each has a stream of its own, so that one more id moves nothing of what parties do. */
export type StreamName = 'ids' | 'parties'

/** Returns a seed for a switch that was given none: another one each time. */
export const newSeed = (): number => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)

/** Creates a source of chance: the same seed and stream give the same numbers. */
export const createRandom = (seed: number = newSeed(), stream: StreamName = 'ids'): Random => {
  const next = words(streamState(seed, `sim ${stream}`))
  const below = (limit: number): number => next() % limit
  return {
    below,
    unit: () => next() / 2 ** 32,
    uuid: () => {
      const second = next()
      const third = next()
      const version = 0x4000 | (second & 0x0fff)
      const variant = 0x8000 | (third & 0x3fff)
      return flat(
        `${hex4(next())}-${hex2(second >>> 16)}-${hex2(version)}-${hex2(variant)}-${hex2(third >>> 16)}${hex4(next())}`,
      )
    },
    token: (length) => {
      let out = ''
      for (let i = 0; i < length; i++) out += TOKEN.charAt(below(TOKEN.length))
      return flat(out)
    },
  }
}
