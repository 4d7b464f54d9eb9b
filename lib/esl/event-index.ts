import type { EventState } from './event.ts'
import { placeOf } from './in-memory.ts'
import { percentDecode } from './percent.ts'
import { names, noteName } from './scan-names.ts'
import { scanner, type Scanner } from './scanner.ts'

/** Words that tell of a value that has changed: see wasm/src/headers.ts. */
const CHANGED_WORDS = 3

/** By the number of its name, the last value of a header: what the scanner compares the next one with. */
const values: string[] = []

/** Counts indexes: there is one at a time, and what is called while one is gone through may make another. */
let made = 0

/** V8 copies shorter parts of a string; a longer one is a view that keeps the whole text of its event alive. */
const SHORTEST_VIEW = 13

/** As `valueAt`, a string of its own: it is kept after its event, of which the text may be 64 kB. */
const ownValueAt = (scanner: Scanner, at: number, place: number, text: string, decoded: string): string => {
  const { words, bytes, DECODED } = scanner
  const from = words[at] as number
  const to = words[at + 1] as number
  const end = to < 0 ? ~to : to
  if (from < 0 || end - from < SHORTEST_VIEW) return valueAt(scanner, at, text, decoded)
  const base = to < 0 ? DECODED : place
  return bytes.toString('latin1', base + from, base + end)
}

/** The value that two words tell of. */
const valueAt = ({ words }: Scanner, at: number, text: string, decoded: string): string => {
  const from = words[at] as number
  const to = words[at + 1] as number
  if (to < 0) return decoded.substring(from, ~to)
  return from >= 0 ? text.substring(from, to) : percentDecode(text.substring(~from, to))
}

/**
 * Calls `fn` with the headers of a plain event; gives how many it has told of, or -1 if all: fewer than all where the index
 * is gone, for another event was read in the midst of it, or where none can be made.
 */
export const eachByIndex = (event: EventState, fn: (value: string, name: string) => void): number => {
  const place = scanner ? placeOf(event) : -1
  if (!scanner || place < 0) return 0
  const { text } = event
  const { words, LINES, CHANGED, OTHERS } = scanner
  const mine = ++made
  const count = scanner.index(place, text.length)
  const decoded = decodedBy(scanner)
  const changes = words[scanner.CHANGES] as number
  // Before anything is called, which might throw: the scanner goes by these from now on.
  for (let at = CHANGED; at < CHANGED + changes * CHANGED_WORDS; at += CHANGED_WORDS)
    values[words[at] as number] = ownValueAt(scanner, at + 1, place, text, decoded)
  for (let line = 0; line < count; line++) {
    if (made !== mine) return line
    const number = words[LINES + line] as number
    if (number >= 0) fn(values[number] as string, names[number] as string)
    else {
      const other = OTHERS + ~number
      const known = words[other] as number
      const name = known >= 0 ? (names[known] as string) : noteName(text.substring(~known, words[other + 1]))
      fn(valueAt(scanner, other + 2, text, decoded), name)
    }
  }
  return count < 0 ? 0 : -1
}

const decodedBy = ({ words, bytes, DECODED, END }: Scanner): string => {
  const size = words[END] as number
  return size > 0 ? bytes.toString('latin1', DECODED, DECODED + size) : ''
}
