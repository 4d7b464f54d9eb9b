import { createUuids } from './uuids.ts'

/**
 * Short ids for commands and jobs: the switch reads a command byte by byte, and 36 of a uuid cost it 60 µs. The prefix
 * keeps the controllers of one switch apart; it is random, unless `uuids` settles it.
 */
export const createIds = (uuids = createUuids()): (() => string) => {
  const prefix = uuids().slice(0, 8)
  let count = 0
  return () => `${prefix}-${(count++).toString(36)}`
}
