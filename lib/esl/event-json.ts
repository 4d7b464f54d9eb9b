import type { EventReader } from './event-methods.ts'
import type { EventState, HeaderPair } from './event.ts'
import { utf8 } from './percent.ts'

/**
 * `text/event-json`: one flat object of strings and arrays of strings, values not encoded, the body as `_body`
 * (`switch_event_serialize_json` in `src/switch_event.c`). Names may repeat, and bytes that are not UTF-8 are copied
 * raw, so this is not always JSON: it is read token by token, and repeated names are kept. Each character is looked at
 * a bounded number of times, whatever comes.
 */

/** Where tokens are read from, and the token that was read last; `''` at the end. */
interface Cursor {
  readonly text: string
  at: number
  token: string
}

/** What is not blank, and neither a string nor one of `[]{},:`. */
const WORD = /[^\s"[\]{},:]+/y
const BLANKS = /\s*/y

/** Whether the quote at `at` is escaped: an odd number of backslashes stands before it. */
const isEscaped = (text: string, at: number, from: number): boolean => {
  let backslash = at
  while (backslash > from && text.charCodeAt(backslash - 1) === 92) backslash--
  return (at - backslash) % 2 === 1
}

/** Where the string that begins at `from` (its quote) ends; one without its end goes to the end of the text. */
const endOfString = (text: string, from: number): number => {
  let quote = text.indexOf('"', from + 1)
  while (quote >= 0 && isEscaped(text, quote, from + 1)) quote = text.indexOf('"', quote + 1)
  return quote < 0 ? text.length : quote + 1
}

const endOf = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

const advance = (cursor: Cursor): string => {
  const { text } = cursor
  const from = endOf(BLANKS, text, cursor.at)
  const end = text[from] === '"' ? endOfString(text, from) : Math.max(from + 1, endOf(WORD, text, from))
  cursor.at = Math.min(end, text.length)
  cursor.token = text.slice(from, end)
  return cursor.token
}

const unquote = (token: string): string => {
  if (!token.startsWith('"')) return token
  const inside = token.slice(1, token.length > 1 && token.endsWith('"') ? -1 : undefined)
  if (!inside.includes('\\')) return inside
  try {
    return JSON.parse(token) as string
  } catch {
    // Raw control characters, or cut short: not JSON, but no reason to lose the value.
    return inside
  }
}

/** The elements up to `]`, or to the end. An array is given as FreeSWITCH holds it: `ARRAY::a|:b`. */
const readArray = (cursor: Cursor): string => {
  const elements: string[] = []
  for (let token = advance(cursor); token !== '' && token !== ']'; token = advance(cursor))
    if (token !== ',') elements.push(unquote(token))
  return `ARRAY::${elements.join('|:')}`
}

const read = (text: string): HeaderPair[] => {
  const cursor: Cursor = { text: utf8(text), at: 0, token: '' }
  const pairs: HeaderPair[] = []
  let name = advance(cursor)
  while (name !== '') {
    const next = advance(cursor)
    if (next === ':') {
      const token = advance(cursor)
      pairs.push([unquote(name), token === '[' ? readArray(cursor) : unquote(token)])
      name = advance(cursor)
    } else name = next
  }
  return pairs
}

const allOf = (event: EventState): HeaderPair[] => {
  const { found } = event
  return Array.isArray(found) ? found : (event.found = read(event.text))
}

export const jsonReader: EventReader = {
  first: (event, header) => allOf(event).find(([name]) => name === header && name !== '_body')?.[1],
  each(event, fn) {
    for (const [name, value] of allOf(event)) if (name !== '_body') fn(value, name)
  },
  body: (event) => allOf(event).find(([name]) => name === '_body')?.[1],
}
