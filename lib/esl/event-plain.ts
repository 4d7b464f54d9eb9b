import type { EventReader } from './event-methods.ts'
import type { EventState } from './event.ts'
import { eachByIndex } from './event-index.ts'
import { placeOf } from './in-memory.ts'
import { findValue, needleFor, type Needle } from './needle.ts'
import { percentDecode, utf8 } from './percent.ts'
import { scanner } from './scanner.ts'

/**
 * `text/event-plain`: `Name: value` lines, values percent-encoded, names not; then a blank line and the body, if
 * `Content-Length` is the last header (`switch_event_serialize` in `src/switch_event.c`).
 */

/** Without the scanner no name has a record, and none of these is looked at. */
const { find, words, END, MARKS } = scanner ?? { find: () => -1, words: new Int32Array(2), END: 0, MARKS: 1 }

/** Where the headers end: a body may hold lines that look like headers, and must not answer for them. */
const endOfHeaders = (event: EventState): number => {
  if (event.found !== undefined) return event.found as number
  const { text } = event
  const blank = text.startsWith('\n') ? 0 : text.indexOf('\n\n')
  return (event.found = blank < 0 ? text.length : blank)
}

/** As `first`, without the scanner. */
const firstInText = (event: EventState, needle: Needle): string | undefined => {
  const { text } = event
  const from = findValue(text, needle)
  if (from < 0 || from > endOfHeaders(event)) return undefined
  const end = text.indexOf('\n', from)
  return percentDecode(end < 0 ? text.slice(from) : text.slice(from, end))
}

/** As `each`, without the scanner, from the header of that number on. */
const eachInText = (event: EventState, first: number, fn: (value: string, name: string) => void): void => {
  const { text } = event
  const end = endOfHeaders(event)
  // Lines first, values after: an encoded newline must not become a header.
  let colon = -1
  for (let at = 0, next = 0, header = 0; at < end; at = next) {
    let eol = text.indexOf('\n', at)
    if (eol < 0 || eol > end) eol = end
    next = eol + 1
    // Not searched for again by each of many lines without one.
    if (colon < at) colon = text.indexOf(': ', at)
    if (colon < 0) return
    if (colon <= at || colon + 2 > eol || header++ < first) continue
    fn(percentDecode(text.slice(colon + 2, eol)), utf8(text.slice(at, colon)))
  }
}

export const plainReader: EventReader = {
  first(event, header) {
    const needle = needleFor(header)
    const place = needle.record === 0 ? -1 : placeOf(event)
    if (place < 0) return firstInText(event, needle)
    const { text } = event
    const from = find(place, text.length, needle.record)
    if (from < 0) return undefined
    const value = text.substring(from, words[END])
    return words[MARKS] === 0 ? value : percentDecode(value)
  },

  each(event, fn) {
    const told = eachByIndex(event, fn)
    if (told >= 0) eachInText(event, told, fn)
  },

  body(event) {
    const from = endOfHeaders(event) + 2
    return from < event.text.length ? utf8(event.text.slice(from)) : undefined
  },
}
