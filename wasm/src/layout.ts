/**
 * Where things stand in the memory that JavaScript and the scanner share. JavaScript reads these as exported globals. Gaps
 * lie between, for blocks of 16 bytes reach beyond what they are about.
 */

/** What a search found besides its result: where the value ends, and whether there is a `%` in it. */
export const END: i32 = 0
export const MARKS: i32 = 4
/** How many values an index says are new. */
export const CHANGES: i32 = 8

/** Records of names, one after the other: see names.ts. A name is written before it is known whether it fits. */
export const NAMES: i32 = 0x400
export const NAMES_END: i32 = 0x1fc00
/** Records by the hash of their names. */
export const TABLE: i32 = 0x20000
/** What stands for the name before the first. */
export const FIRST: i32 = 0x28000

/** Rooms for text, of 64 kB; a newline stands before each. */
export const ROOM: i32 = 0x10000
/** What a socket reads. */
export const READ: i32 = 0x30040
/** What came in pieces, and was put together. */
export const JOINED: i32 = 0x40080
/** What came before, and is looked at again. */
export const AGAIN: i32 = 0x500c0

/** An index: see headers.ts. */
export const LINES: i32 = 0x60100
export const LINES_END: i32 = 0x70100
export const CHANGED: i32 = 0x70200
export const OTHERS: i32 = 0x80200
export const DECODED: i32 = 0xc0300
/** The last values of the names that are known: see last-values.ts. */
export const VALUES: i32 = 0xd0400
export const VALUES_END: i32 = 0x12ff00
