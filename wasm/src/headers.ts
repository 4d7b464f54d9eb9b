import { BLANK, COLON, COLON_BLANK, NEWLINE, same, where } from './bytes'
import { beginUse, isFirstUse, isLast, keep, lastLength } from './last-values'
import { CHANGED, CHANGES, DECODED, END, LINES, LINES_END, OTHERS } from './layout'
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

/**
 * Writes where a value is: its beginning and its end. A negative end is a complement, and the value is among the decoded ones; a
 * negative beginning is one, and the value is still to be decoded, for it is not ASCII.
 */
function tell(out: i32, base: i32, from: i32, to: i32): void {
  if (!marks) {
    store<i32>(out, from - base)
    store<i32>(out + 4, to - base)
    return
  }
  const begun = endOfDecoded - DECODED
  const done = decode(from, to)
  store<i32>(out, done ? begun : ~(from - base))
  store<i32>(out + 4, done ? ~(endOfDecoded - DECODED) : to - base)
}

/** Whether the last line of a name stands at `line`. */
function isAgain(record: i32, line: i32, end: i32): bool {
  const length = record ? lastLength(record) : 0
  return length != 0 && line + length <= end && isLast(record, line)
}

/**
 * Writes an index of all headers, and gives how many there are, or -1 where they are too many. At LINES a word for each: the
 * number of its name, where its value is the last one of that name; at CHANGED three words for each of those that were not, CHANGES in
 * all: the number, and where the value is. A negative word at LINES is the complement of a place among OTHERS, which are four
 * words: the number of the name, or, as its complement, where it begins; where the colon is; where the value is. What is
 * decoded is `END` bytes long in all. Lines without a colon are none.
 */
export function index(base: i32, size: i32): i32 {
  const end = base + size
  let out = LINES
  let changed = CHANGED
  let other = OTHERS
  let before = NOTHING
  let line = base
  begin()
  beginUse()
  while (line < end && load<u8>(line) != NEWLINE) {
    if (out == LINES_END) break
    let record = followerOf(before)
    if (isAgain(record, line, end) && isFirstUse(record)) {
      store<i32>(out, numberOf(record))
      out += 4
      line += lastLength(record)
      before = record
      continue
    }
    let colon = line + lengthOf(record)
    if (!record || load<u16>(colon) != COLON_BLANK || !same(line, record + TEXT + 1, colon - line)) {
      colon = endOfName(line, end)
      if (colon >= end || load<u8>(colon) == NEWLINE || colon == line) {
        line = endOfValue(colon, end) + 1
        continue
      }
      record = recordOf(line, colon - line)
      if (record) follows(before, record)
    }
    const from = colon + 2
    if (from > end) break
    if (record) before = record
    const isFirst = record != 0 && isFirstUse(record)
    let to = from
    if (isFirst && isAgain(record, line, end)) {
      store<i32>(out, numberOf(record))
      to = line + lastLength(record) - 1
    } else {
      to = endOfValue(from, end)
      if (isFirst && to < end && keep(record, line, to + 1 - line)) {
        store<i32>(out, numberOf(record))
        store<i32>(changed, numberOf(record))
        tell(changed + 4, base, from, to)
        changed += 12
      } else {
        store<i32>(out, ~((other - OTHERS) >> 2))
        store<i32>(other, record ? numberOf(record) : ~(line - base))
        store<i32>(other + 4, colon - base)
        tell(other + 8, base, from, to)
        other += 16
      }
    }
    out += 4
    line = to + 1
  }
  store<i32>(END, endOfDecoded - DECODED)
  store<i32>(CHANGES, (changed - CHANGED) / 12)
  return out == LINES_END ? -1 : (out - LINES) >> 2
}
