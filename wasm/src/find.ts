import { COLON, NEWLINE, same } from './bytes'
import { END, MARKS } from './layout'
import { lengthOf, TEXT } from './names'
import { endOfValue, marks } from './value'

/**
 * Where the value of the first header of that name begins, counted from `base`, or -1: 32 bytes at a time, a line is looked at where
 * its colon and the rarest character of the name are where they should. A blank line is the end of the headers.
 */
export function find(base: i32, size: i32, record: i32): i32 {
  const end = base + size
  const length = lengthOf(record)
  const place = load<u16>(record + 4)
  const rarest = i8x16.splat(load<i8>(record + TEXT + place))
  const newline = i8x16.splat(<i8>NEWLINE)
  const colon = i8x16.splat(<i8>COLON)
  for (let block = base - 1; block < end; block += 32) {
    const here = v128.and(
      i8x16.eq(v128.load(block), newline),
      v128.or(
        v128.and(i8x16.eq(v128.load(block + place), rarest), i8x16.eq(v128.load(block + length + 1), colon)),
        i8x16.eq(v128.load(block + 1), newline),
      ),
    )
    const there = v128.and(
      i8x16.eq(v128.load(block + 16), newline),
      v128.or(
        v128.and(
          i8x16.eq(v128.load(block + 16 + place), rarest),
          i8x16.eq(v128.load(block + length + 17), colon),
        ),
        i8x16.eq(v128.load(block + 17), newline),
      ),
    )
    if (!v128.any_true(v128.or(here, there))) continue
    let lines: u32 = i8x16.bitmask(here) | (i8x16.bitmask(there) << 16)
    while (lines) {
      const line = block + <i32>ctz(lines)
      lines &= lines - 1
      if (line >= end || load<u8>(line + 1) == NEWLINE) return -1
      if (!same(line + 1, record + TEXT + 1, length + 2)) continue
      const from = line + length + 3
      if (from > end) return -1
      store<i32>(END, endOfValue(from, end) - base)
      store<i32>(MARKS, marks)
      return from - base
    }
  }
  return -1
}
