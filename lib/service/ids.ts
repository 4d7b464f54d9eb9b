import { randomBytes } from 'node:crypto'

/**
 * Short ids for commands and jobs: the switch reads a command byte by byte, and 36 of a uuid cost it 60 µs. The prefix
 * keeps the controllers of one switch apart.
 */
export const createIds = (prefix = randomBytes(4).toString('hex')): (() => string) => {
  let count = 0
  return () => `${prefix}-${(count++).toString(36)}`
}
