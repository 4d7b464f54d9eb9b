/** Those who wait for a signal: it has one listener of ours however many they are, and none once nobody waits. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls `tell` when the signal aborts; returns what takes that back. Node takes more than ten listeners on a signal for a leak, and a
 * flow may well have more waits with one.
 */
export const onAbort = (signal: AbortSignal, tell: () => void): (() => void) => {
  const known = waiting.get(signal)
  const told = known ?? new Set<() => void>()
  const abort = (): void => {
    waiting.delete(signal)
    for (const each of told) each()
  }
  if (!known) {
    waiting.set(signal, told)
    signal.addEventListener('abort', abort, { once: true })
    stops.set(told, () => signal.removeEventListener('abort', abort))
  }
  // One wait may be given the same function as another.
  const own = (): void => tell()
  told.add(own)
  return () => {
    if (!told.delete(own) || told.size > 0 || waiting.get(signal) !== told) return
    waiting.delete(signal)
    stops.get(told)?.()
  }
}

/** What takes the listener of such a set off its signal. */
const stops = new WeakMap<Set<() => void>, () => void>()
