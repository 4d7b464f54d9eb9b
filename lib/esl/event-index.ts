import type { EventState } from './event.ts'
import { placeOf } from './in-memory.ts'
import { percentDecode } from './percent.ts'
import { names, noteName } from './scan-names.ts'
import { scanner, type Scanner } from './scanner.ts'

/** Words a line of the index has: see wasm/src/headers.ts. */
const WORDS = 4

/** Counts indexes: there is one at a time, and what is called in the midst of it may make another. */
let made = 0

const makeIndex = ({ index }: Scanner, event: EventState): number => {
  const place = placeOf(event)
  if (place < 0) return -1
  made++
  return index(place, event.text.length)
}

/** Calls `fn` with each header of a plain event; gives false where it cannot be told by an index. */
export const eachByIndex = (event: EventState, fn: (value: string, name: string) => void): boolean => {
  if (!scanner) return false
  const count = makeIndex(scanner, event)
  if (count < 0) return false
  const { words, DECODED, END, LINES } = scanner
  const { text } = event
  const size = words[END] as number
  const decoded = size > 0 ? scanner.bytes.toString('latin1', DECODED, DECODED + size) : ''
  let mine = made
  for (let line = 0; line < count; line++) {
    if (made !== mine) {
      makeIndex(scanner, event)
      mine = made
    }
    const at = LINES + line * WORDS
    const number = words[at] as number
    const from = words[at + 2] as number
    const to = words[at + 3] as number
    const name = number < 0 ? noteName(text.substring(~number, words[at + 1])) : (names[number] as string)
    if (to < 0) fn(decoded.substring(from, ~to), name)
    else if (from >= 0) fn(text.substring(from, to), name)
    else fn(percentDecode(text.substring(~from, to)), name)
  }
  return true
}
