import { randomUUID } from 'node:crypto'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { streamState } from '../seed.ts'

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')

/**
 * Makes uuids of version 4 (RFC 9562, section 5.4): random ones, or those that a seed settles, which are only good where
 * nobody else's can meet them. Two that share a seed need streams of two names.
 */
export const createUuids = (seed?: number, stream = 'uuids'): (() => string) => {
  if (seed === undefined) return randomUUID
  const generator = xoroshiro128plusFromState(streamState(seed, stream))
  return () => {
    const second = hex((generator.next() & ~0xf000) | 0x4000)
    const third = hex((generator.next() & 0x3fffffff) | 0x80000000)
    const first = hex(generator.next())
    const last = hex(generator.next())
    return `${first}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${last}`
  }
}
