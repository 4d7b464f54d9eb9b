import type { EventReader, EventState, HeaderPair } from './event.ts'
import { bytesOf, percentDecode, utf8 } from './percent.ts'

/**
 * `text/event-plain`: `Name: value` lines, values percent-encoded, names not; then a blank line and the body, if
 * `Content-Length` is the last header (`switch_event_serialize` in `src/switch_event.c`).
 */

const needles = new Map<string, string>()

/** `\nName: ` for each header name that was ever asked for: names come from programs, so there are few. */
const needleFor = (header: string): string => {
  let needle = needles.get(header)
  if (needle === undefined) {
    needle = `\n${bytesOf(header)}: `
    if (needles.size < 4096) needles.set(header, needle)
  }
  return needle
}

/** Where the headers end: a body may hold lines that look like headers, and must not answer for them. */
const endOfHeaders = (event: EventState): number => {
  if (event.end < 0) {
    const blank = event.text.indexOf('\n\n', event.clear)
    event.end = blank < 0 ? event.text.length : blank
    event.clear = event.end
  }
  return event.end
}

/** Whether a place is among the headers. Looks no further than there: most of an event nobody ever reads. */
const isInHeaders = (event: EventState, at: number): boolean => {
  if (at < event.clear) return true
  if (event.end >= 0) return at < event.end
  const blank = event.text.slice(event.clear, at + 1).indexOf('\n\n')
  if (blank >= 0) {
    event.end = event.clear + blank
    return false
  }
  event.clear = at
  return true
}

const valueAt = (text: string, from: number): string => {
  const end = text.indexOf('\n', from)
  return percentDecode(text.slice(from, end < 0 ? undefined : end))
}

export const plainReader: EventReader = {
  first(event, header) {
    const { text } = event
    const needle = needleFor(header)
    // The first header has no newline before it.
    if (text.startsWith(header) && text.startsWith(': ', header.length))
      return valueAt(text, header.length + 2)
    const at = text.indexOf(needle)
    return at < 0 || !isInHeaders(event, at) ? undefined : valueAt(text, at + needle.length)
  },

  pairs(event) {
    const pairs: HeaderPair[] = []
    // Lines first, values after: an encoded newline must not become a header.
    for (const line of event.text.slice(0, endOfHeaders(event)).split('\n')) {
      const colon = line.indexOf(': ')
      if (colon > 0) pairs.push([utf8(line.slice(0, colon)), percentDecode(line.slice(colon + 2))])
    }
    return pairs
  },

  body(event) {
    const from = endOfHeaders(event) + 2
    return from < event.text.length ? utf8(event.text.slice(from)) : undefined
  },
}
