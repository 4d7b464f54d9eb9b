import type { EventReader } from './event-methods.ts'
import type { EventState } from './event.ts'
import { findValue, needleFor } from './needle.ts'
import { decodeFrom, percentDecode, utf8 } from './percent.ts'

/**
 * `text/event-plain`: `Name: value` lines, values percent-encoded, names not; then a blank line and the body, if
 * `Content-Length` is the last header (`switch_event_serialize` in `src/switch_event.c`).
 */

const LF = 10
const BLANK = 32
/** The end of `Content-Length: `, from its rarest character on: what stands before a body. */
const ANNOUNCED = 'Length: '

/**
 * Where the headers end: a body may hold lines that look like headers, and must not answer for them. Where no body is
 * announced and the text ends in a blank line that is the end: most events, and far quicker to see than to search all of it.
 */
const findEnd = (text: string): number => {
  const last = text.length - 1
  const endsBlank = text.charCodeAt(last) === LF && text.charCodeAt(last - 1) === LF
  if (endsBlank && !text.includes(ANNOUNCED)) return last - 1
  const blank = text.indexOf('\n\n')
  return blank < 0 ? text.length : blank
}

const endOfHeaders = (event: EventState): number => {
  const found = event.found as number
  return found >= 0 ? found : (event.found = findEnd(event.text))
}

/**
 * Whether the value at `from` is one of a header. Looks no further than there, for most of an event nobody ever reads: up
 * to `~found` no body is announced.
 */
const isInHeaders = (event: EventState, from: number): boolean => {
  const found = event.found as number
  if (found >= 0) return from <= found
  if (from <= ~found) return true
  if (event.text.substring(~found, from).includes(ANNOUNCED)) return from <= endOfHeaders(event)
  event.found = ~from
  return true
}

export const plainReader: EventReader = {
  first(event, header) {
    const { text } = event
    const from = findValue(text, needleFor(header))
    if (from < 0 || !isInHeaders(event, from)) return undefined
    const end = text.indexOf('\n', from)
    return percentDecode(end < 0 ? text.slice(from) : text.slice(from, end))
  },

  each(event, fn) {
    const { text } = event
    const end = endOfHeaders(event)
    // One pass over it that is quick, so that not each name has to be looked at.
    const isAscii = Buffer.byteLength(text) === text.length
    let percent = text.indexOf('%')
    // Lines first, values after: an encoded newline must not become a header.
    for (let at = 0, next = 0; at < end; at = next) {
      let eol = text.indexOf('\n', at)
      if (eol < 0 || eol > end) eol = end
      next = eol + 1
      let colon = text.indexOf(':', at)
      if (text.charCodeAt(colon + 1) !== BLANK) colon = text.indexOf(': ', at)
      if (colon <= at || colon >= eol) continue
      const name = text.substring(at, colon)
      const value = text.substring(colon + 2, eol)
      if (percent >= 0 && percent < colon) percent = text.indexOf('%', colon)
      if (percent < 0 || percent >= eol) fn(value, isAscii ? name : utf8(name))
      else {
        fn(decodeFrom(value, percent - colon - 2), isAscii ? name : utf8(name))
        percent = text.indexOf('%', eol)
      }
    }
  },

  body(event) {
    const from = endOfHeaders(event) + 2
    return from < event.text.length ? utf8(event.text.slice(from)) : undefined
  },
}
