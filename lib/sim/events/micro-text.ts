const SLOTS = 256
const numbers = new Float64Array(SLOTS)
const texts = new Array<string>(SLOTS).fill('0')

/**
 * Microseconds since the epoch as text. The same instants are written again and again, by all events of a call that follow
 * them, and sixteen digits cost more to find than to look up.
 */
export const microText = (micro: number): string => {
  if (micro === 0) return '0'
  const slot = ((micro / 1000) >>> 0) % SLOTS
  if (numbers[slot] !== micro) {
    numbers[slot] = micro
    texts[slot] = String(micro)
  }
  return texts[slot] ?? ''
}
