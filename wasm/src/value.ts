import { NEWLINE, PERCENT, where } from './bytes'

/** What was seen of `%` up to the end of the last value: not 0 where there is any. */
export let marks: i32 = 0

/** Where the value that begins at `from` ends: at its newline, or at `end`. */
export function endOfValue(from: i32, end: i32): i32 {
  let seen = 0
  let at = from
  for (; at < end; at += 16) {
    const stop = where(at, NEWLINE)
    const percent = where(at, PERCENT)
    if (stop) {
      seen |= percent & (stop ^ (stop - 1))
      at += ctz(stop)
      break
    }
    seen |= percent
  }
  marks = seen
  return min(at, end)
}
