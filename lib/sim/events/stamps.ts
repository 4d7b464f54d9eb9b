import { encode } from './encode.ts'

interface Stamp {
  readonly local: string
  readonly encoded: string
}

/** Stamps by their second: a call has several, and all calls of a second the same. */
const stamps = new Map<number, Stamp>()
const MOST_STAMPS = 100

const stampOf = (micro: number): Stamp => {
  const second = Math.floor(micro / 1e6)
  const known = stamps.get(second)
  if (known) return known
  const local = new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ')
  const stamp = { local, encoded: encode(local) }
  if (stamps.size >= MOST_STAMPS) stamps.clear()
  stamps.set(second, stamp)
  return stamp
}

/** `2026-11-22 21:53:57`; the embedded switch lives in UTC, so that a run is the same everywhere. */
export const localStamp = (micro: number): string => stampOf(micro).local

/** The same as a header's value. */
export const encodedStamp = (micro: number): string => stampOf(micro).encoded
