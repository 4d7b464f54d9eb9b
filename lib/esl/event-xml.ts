import type { EventReader } from './event-methods.ts'
import type { EventState, HeaderPair } from './event.ts'
import { bytesOf, percentDecode, utf8 } from './percent.ts'

/**
 * `text/event-xml`: `<event><headers><Name>value</Name>…</headers><Content-Length/><body/></event>`, values
 * percent-encoded as in plain, the body's length and the body outside `<headers>` (`switch_event_xmlize` in
 * `src/switch_event.c`). Its printer indents the closing tag of a body that ends in a newline, so the length counts.
 */

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const unescape = (bytes: string): string =>
  bytes.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES.get(entity) ?? whole
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
    // The text of a body is escaped beyond ASCII too; the byte count is of what it was before.
    return code <= 0x10ffff ? bytesOf(String.fromCodePoint(code)) : whole
  })

const ELEMENT = /<([^<>/][^<>]*)>([^<]*)<\/\1>/g

const read = (text: string): HeaderPair[] => {
  const inside = text.slice(text.indexOf('<headers>') + 9, endOfHeaders(text))
  const pairs = Array.from(inside.matchAll(ELEMENT), ([, name = '', value = '']): HeaderPair => [
    utf8(name),
    percentDecode(unescape(value)),
  ])
  const length = bodyLength(text)
  return length === undefined ? pairs : [...pairs, ['Content-Length', length]]
}

const endOfHeaders = (text: string): number => {
  const end = text.indexOf('</headers>')
  return end < 0 ? text.length : end
}

const bodyLength = (text: string): string | undefined =>
  /<Content-Length>(\d+)<\/Content-Length>/.exec(text.slice(endOfHeaders(text)))?.[1]

const BODY = '<body>'

const allOf = (event: EventState): HeaderPair[] => {
  const { found } = event
  return Array.isArray(found) ? found : (event.found = read(event.text))
}

export const xmlReader: EventReader = {
  first: (event, header) => allOf(event).find(([name]) => name === header)?.[1],
  each(event, fn) {
    for (const [name, value] of allOf(event)) fn(value, name)
  },
  body({ text }) {
    // By its two tags, not by a pattern: one that is searched for its end from every `<body>` takes hours.
    const tag = text.indexOf(BODY, endOfHeaders(text))
    const end = tag < 0 ? -1 : text.lastIndexOf('</body>')
    if (tag < 0 || end < tag + BODY.length) return undefined
    return utf8(unescape(text.slice(tag + BODY.length, end)).slice(0, Number(bodyLength(text) ?? Infinity)))
  },
}
