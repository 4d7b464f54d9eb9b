import { ProtocolError } from '../errors.ts'
import type { EventFormat } from './frames.ts'

/** What the headers of a frame say; `text` is only kept where something else than an event follows. */
export interface Head {
  type: string
  format: EventFormat | undefined
  length: number
  text: string
}

const EVENT_TYPES: Readonly<Record<string, EventFormat>> = {
  'text/event-plain': 'plain',
  'text/event-json': 'json',
  'text/event-xml': 'xml',
}

/** `Content-Length: ` is 16 bytes long, and FreeSWITCH writes it first on events. */
const DIGITS_AT = 16
const TYPE = 'Content-Type: '

/**
 * The one head that comes thousands of times a second, `Content-Length: N\nContent-Type: text/event-plain\n\n`, read
 * off the bytes without making strings. Anything else gives -1, and is read the long way.
 */
const plainEventLength = (bytes: Buffer, from: number, end: number): number => {
  let at = from + DIGITS_AT
  if (bytes[from + 8] !== 76 /* L */ || end - at < 34) return -1
  let length = 0
  for (let digit = bytes[at]; digit !== undefined && digit >= 48 && digit <= 57; digit = bytes[++at])
    length = length * 10 + digit - 48
  // From the end of the digits: \n Content-Type: text/event-plain \n\n is 33 bytes, 'p' of plain the 27th.
  const isPlain = end - at === 33 && bytes[at + 13] === 58 && bytes[at + 26] === 112 && bytes[at + 30] === 110
  return isPlain ? length : -1
}

/** The value of a header in a head, however its name is written (`Content-Length` and `content-length` both come). */
const field = (lower: string, text: string, name: string): string | undefined => {
  const at = lower.startsWith(name) ? 0 : lower.indexOf('\n' + name) + 1
  if (at === 0 && !lower.startsWith(name)) return undefined
  const end = text.indexOf('\n', at)
  return text.slice(at + name.length, end < 0 ? undefined : end).trim()
}

/** Reads the head that stands in `bytes` from `from` to `end` (after its blank line). Throws ProtocolError. */
export const readHead = (bytes: Buffer, from: number, end: number, longestBody: number): Head => {
  const quick = plainEventLength(bytes, from, end)
  if (quick >= 0 && quick <= longestBody)
    return { type: 'text/event-plain', format: 'plain', length: quick, text: '' }
  const text = bytes.toString('latin1', from, end - 2)
  const lower = text.toLowerCase()
  const type = field(lower, text, TYPE.toLowerCase()) ?? ''
  const written = field(lower, text, 'content-length: ')
  const length = written === undefined ? 0 : /^\d+$/.test(written) ? Number(written) : -1
  if (length < 0 || length > longestBody)
    throw new ProtocolError(`expected Content-Length to be a count of bytes, got "${written ?? ''}"`)
  return { type, format: EVENT_TYPES[type], length, text }
}
