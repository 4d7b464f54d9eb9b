/** How long to wait between two attempts to connect. All times in milliseconds. */
export interface BackoffOptions {
  /** Before the first attempt. Default 250. */
  readonly firstDelay?: number | undefined
  /** The longest; each is twice the one before, up to it. Default 10 000. */
  readonly maxDelay?: number | undefined
  /** A random number from 0 up to 1: a seeded one makes a run repeatable. Default Math.random. */
  readonly random?: (() => number) | undefined
}

/**
 * Delays that double up to a bound, each shortened by a random part of up to a half: a switch that comes back must not
 * find all its controllers at its door in the same moment.
 */
export const createBackoff = ({
  firstDelay = 250,
  maxDelay = 10_000,
  random = Math.random,
}: BackoffOptions = {}): (() => number) => {
  let next = firstDelay
  return () => {
    const delay = next
    next = Math.min(next * 2, maxDelay)
    return Math.min(delay, maxDelay) * (1 - random() / 2)
  }
}
