import { same } from './bytes'
import { VALUES, VALUES_END } from './layout'

/**
 * Most values of an event are those that the one before had under the same names: whole lines are compared, and neither searched
 * nor decoded nor made into strings again. In the record of a name: how many bytes there is room for (two, at 6), where the
 * line is (four, at 8), how long it is with its newline (four, at 12), and in which index it was used last (four, at 16).
 */
const LONGEST: i32 = 2048
const SMALLEST: i32 = 64

let next: i32 = VALUES
let serial: i32 = 0

/** Begins an index. */
export function beginUse(): void {
  serial++
}

/** Whether the name comes for the first time in this index; only its first value is kept. */
export function isFirstUse(record: i32): bool {
  if (load<i32>(record + 16) == serial) return false
  store<i32>(record + 16, serial)
  return true
}

/** How long the last line of that name is; 0 where there is none. */
export function lastLength(record: i32): i32 {
  return load<i32>(record + 12)
}

/** Which of the 16 bytes differ. */
function differing(a: i32, b: i32): u64 {
  return <u64>i8x16.bitmask(i8x16.ne(v128.load(a), v128.load(b)))
}

/** Whether the same line stands at `line`. Nearly all are shorter than 64 bytes, and compared without a branch. */
export function isLast(record: i32, line: i32): bool {
  const last = load<i32>(record + 8)
  const size = load<i32>(record + 12)
  if (size >= 64) return same(last, line, size)
  const front = differing(last, line) | (differing(last + 16, line + 16) << 16)
  const back = differing(last + 32, line + 32) | (differing(last + 48, line + 48) << 16)
  return ((front | (back << 32)) & (((<u64>1) << size) - 1)) == 0
}

/** Keeps a line in place of the last one; false where there is no room for it. */
export function keep(record: i32, line: i32, size: i32): bool {
  if (!load<i32>(record + 8) || size > <i32>load<u16>(record + 6)) {
    let room = SMALLEST
    while (room < size) room <<= 1
    if (room > LONGEST || next + room + 64 > VALUES_END) return false
    store<u16>(record + 6, room)
    store<i32>(record + 8, next)
    next += room
  }
  memory.copy(load<i32>(record + 8), line, size)
  store<i32>(record + 12, size)
  return true
}
