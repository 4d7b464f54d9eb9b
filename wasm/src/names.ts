import { same } from './bytes'
import { FIRST, NAMES, NAMES_END, TABLE } from './layout'

/**
 * A name that is known is a record: its length (two bytes), its number (two), the place of its rarest character (two), what
 * last-values.ts keeps (14), the record of the name that came after it (four), and the name between a newline and `: `, as
 * it stands in an event.
 */
export const TEXT: i32 = 24
const MOST: i32 = 4096
const SLOTS: i32 = 8191
/** Shorter names are not looked up by hash, which is made of 12 bytes. */
const SHORTEST: i32 = 4

let next: i32 = NAMES
let count: i32 = 0

export function lengthOf(record: i32): i32 {
  return load<u16>(record)
}

export function numberOf(record: i32): i32 {
  return load<u16>(record + 2)
}

function slotOf(name: i32, size: i32): i32 {
  const ends = ((load<i32>(name) + size) * 0x9e3779b1) ^ (load<i32>(name + size - 4) * 0x2545f491)
  const hash = ends ^ (load<i32>(name + (size >> 1) - 2) * 0x85ebca6b)
  return (hash ^ (hash >>> 15)) & SLOTS
}

/** Where the text of the next record is to be written: a newline, the name, `: `. */
export function nextText(): i32 {
  return next + TEXT
}

/** Makes a record of what was written there; gives it, or 0 where there is no more room. */
export function learn(size: i32, rarest: i32): i32 {
  const record = next
  const after = (record + TEXT + size + 3 + 3) & ~3
  if (count == MOST || after + 16 > NAMES_END) return 0
  // A longer name that found no room here has left its text.
  memory.fill(record, 0, TEXT)
  store<u16>(record, size)
  store<u16>(record + 2, count++)
  store<u16>(record + 4, rarest)
  next = after
  if (size >= SHORTEST) {
    let slot = slotOf(record + TEXT + 1, size)
    while (load<i32>(TABLE + (slot << 2))) slot = (slot + 1) & SLOTS
    store<i32>(TABLE + (slot << 2), record)
  }
  return record
}

/** The record of the name of that size at `name`, or 0. */
export function recordOf(name: i32, size: i32): i32 {
  if (size < SHORTEST) return 0
  let slot = slotOf(name, size)
  let record = load<i32>(TABLE + (slot << 2))
  while (record != 0) {
    if (lengthOf(record) == size && same(record + TEXT + 1, name, size)) return record
    slot = (slot + 1) & SLOTS
    record = load<i32>(TABLE + (slot << 2))
  }
  return 0
}

/** Stands for the name before the first: a record without a name. */
export const NOTHING: i32 = FIRST

/** The record of the name that came after that one the last time, or 0: events of a kind have their headers in one order. */
export function followerOf(record: i32): i32 {
  return load<i32>(record + 20)
}

export function follows(before: i32, record: i32): void {
  store<i32>(before + 20, record)
}
