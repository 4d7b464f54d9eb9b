import { BLANK, COLON, COLON_BLANK, NEWLINE, same, where } from './bytes'
import { DECODED, END, LINES, LINES_END } from './layout'
import { followerOf, follows, lengthOf, NOTHING, numberOf, recordOf, TEXT } from './names'
import { begin, decode, end as endOfDecoded } from './percent'
import { endOfValue, marks } from './value'

/** Where the first `: ` of a line is, or its newline, or `end`. */
function endOfName(line: i32, end: i32): i32 {
  for (let at = line; at < end; at += 16) {
    const stop = (where(at, COLON) & where(at + 1, BLANK)) | where(at, NEWLINE)
    if (stop) return min(at + ctz(stop), end)
  }
  return end
}

/** The record of the name that ends at `colon`; remembered for the name before it. */
function lookUp(line: i32, colon: i32, before: i32): i32 {
  const record = recordOf(line, colon - line)
  if (record) follows(before, record)
  return record
}

/**
 * Writes an index of all headers: four words for each, and gives how many there are, or -1 where they are too many. The
 * words: the number of the name, or, as its complement, where it begins; where the colon is; where the value begins; where it
 * ends. Where the end is negative it is a complement, and the value is among the decoded ones; where the beginning is, the value is
 * still to be decoded, for it is not ASCII. What is decoded is `END` bytes long in all. Lines without a colon are none.
 */
export function index(base: i32, size: i32): i32 {
  const end = base + size
  let out = LINES
  let before = NOTHING
  let line = base
  begin()
  while (line < end && load<u8>(line) != NEWLINE) {
    let record = followerOf(before)
    let colon = line + lengthOf(record)
    if (!record || load<u16>(colon) != COLON_BLANK || !same(line, record + TEXT + 1, colon - line)) {
      colon = endOfName(line, end)
      record = colon < end && load<u8>(colon) == COLON ? lookUp(line, colon, before) : 0
    }
    const from = colon + 2
    const to = endOfValue(load<u8>(colon) == NEWLINE ? colon : from, end)
    if (colon > line && from <= to && load<u8>(colon) == COLON) {
      if (out == LINES_END) return -1
      store<i32>(out, record ? numberOf(record) : ~(line - base))
      store<i32>(out + 4, colon - base)
      if (record) before = numberOf(record)
      if (!marks) {
        store<i32>(out + 8, from - base)
        store<i32>(out + 12, to - base)
      } else {
        const begun = endOfDecoded - DECODED
        const done = decode(from, to)
        store<i32>(out + 8, done ? begun : ~(from - base))
        store<i32>(out + 12, done ? ~(endOfDecoded - DECODED) : to - base)
      }
      out += 16
    }
    line = to + 1
  }
  store<i32>(END, endOfDecoded - DECODED)
  return (out - LINES) >> 4
}
