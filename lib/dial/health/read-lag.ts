/** How long what is read now has waited for us at the most, whatever it says of its age. */
export interface ReadLag {
  /** Looks whether the event loop has waited for something to do since the last look: it had read all there was then. */
  look(now: number): void
  /** The part of `lag` (ms) that can be ours: an event that comes now may have been there since we last had nothing to do. */
  ownPartOf(lag: number, now: number): number
}

/** How long the event loop has waited for something to do, in ms since it began. */
const idleTime = (): number => performance.eventLoopUtilization().idle

/**
 * `idle` returns how long the event loop has waited in all, in ms; always 0 where a runtime does not tell (Bun, Deno). Then
 * `readAllBy` does: a time before which all that had come has been read.
 */
export const createReadLag = (
  idle: () => number = idleTime,
  readAllBy: () => number = () => -Infinity,
): ReadLag => {
  let waited = idle()
  let lookedAt = -Infinity
  /** Nothing that is read now was there before. */
  let readAllAt = -Infinity

  const look = (now: number): void => {
    const total = idle()
    // Some time after the last look: that long ago at the most.
    if (total > waited) readAllAt = lookedAt
    else if (total === 0) readAllAt = Math.max(readAllAt, readAllBy())
    waited = total
    lookedAt = now
  }

  return {
    look,
    ownPartOf(lag, now) {
      look(now)
      return Math.min(lag, now - readAllAt)
    },
  }
}
