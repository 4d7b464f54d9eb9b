import { same } from './bytes'
import { VALUES, VALUES_END } from './layout'

/**
 * Most values of an event are those that the one before had under the same names: they are compared, and neither searched nor
 * decoded nor made into strings again. In the record of a name: how many bytes there is room for (two, at 6), where the
 * value is (four, at 8), how long it is (four, at 12), and in which index it was used last (four, at 16).
 */
const LONGEST: i32 = 2048
const SMALLEST: i32 = 32

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

/** How long the last value is; -1 where there is none. */
export function lastLength(record: i32): i32 {
  return load<i32>(record + 8) ? load<i32>(record + 12) : -1
}

/** Whether the value at `from` begins as the last one. */
export function isLast(record: i32, from: i32, size: i32): bool {
  return same(load<i32>(record + 8), from, size)
}

/** Keeps a value in place of the last one; false where there is no room for it. */
export function keep(record: i32, from: i32, size: i32): bool {
  if (!load<i32>(record + 8) || size > <i32>load<u16>(record + 6)) {
    let room = SMALLEST
    while (room < size) room <<= 1
    if (room > LONGEST || next + room + 64 > VALUES_END) return false
    store<u16>(record + 6, room)
    store<i32>(record + 8, next)
    next += room
  }
  memory.copy(load<i32>(record + 8), from, size)
  store<i32>(record + 12, size)
  return true
}
