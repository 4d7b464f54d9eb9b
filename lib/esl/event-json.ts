import type { EventReader } from './event-methods.ts'
import type { EventState, HeaderPair } from './event.ts'
import { utf8 } from './percent.ts'

/**
 * `text/event-json`: one flat object of strings and arrays of strings, values not encoded, the body as `_body`
 * (`switch_event_serialize_json` in `src/switch_event.c`). Names may repeat, and bytes that are not UTF-8 are copied
 * raw, so this is not always JSON: it is read token by token, and repeated names are kept.
 */

const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"|[[\]{},:]|[^\s"[\]{},:]+/g

const unquote = (token: string): string => {
  if (!token.startsWith('"')) return token
  try {
    return JSON.parse(token) as string
  } catch {
    // Raw control characters: not JSON, but no reason to lose the value.
    return token.slice(1, -1)
  }
}

/** The value that stands at `at`, and how many tokens it took. An array comes as FreeSWITCH holds it: `ARRAY::a|:b`. */
const valueAt = (tokens: string[], at: number): [value: string, used: number] => {
  if (tokens[at] !== '[') return [unquote(tokens[at] ?? ''), 1]
  const end = tokens.indexOf(']', at)
  const inside = tokens.slice(at + 1, end < 0 ? undefined : end).filter((token) => token !== ',')
  return ['ARRAY::' + inside.map(unquote).join('|:'), end < 0 ? tokens.length - at : end - at + 1]
}

const read = (text: string): HeaderPair[] => {
  const tokens = utf8(text).match(TOKEN) ?? []
  const pairs: HeaderPair[] = []
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at + 1] !== ':') continue
    const [value, used] = valueAt(tokens, at + 2)
    pairs.push([unquote(tokens[at] ?? ''), value])
    at += used + 1
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
