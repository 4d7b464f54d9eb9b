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

const TYPE = 'Content-Type: '

/** `Content-Length: ` is 16 bytes long, and FreeSWITCH writes it first on events. */
const DIGITS_AT = 16
const MOST_DIGITS = 9

/** How many bytes follow the digits in the head of a plain event: `\nContent-Type: text/event-plain\n\n`. */
export const AFTER_DIGITS = 33

/**
 * Where the digits end in the one head that comes thousands of times a second,
 * `Content-Length: N\nContent-Type: text/event-plain\n\n`: told by a few of its bytes, without making strings. Gives -1 for
 * any other head, or a part of one, which is read the long way.
 */
export const endOfDigits = (bytes: Buffer, from: number, size: number): number => {
  let at = from + DIGITS_AT
  if (at + AFTER_DIGITS >= size || bytes[from + 8] !== 76 /* L */) return -1
  for (let digit = bytes[at]; digit !== undefined && digit >= 48 && digit <= 57; digit = bytes[++at]);
  const digits = at - from - DIGITS_AT
  const isPlain =
    digits > 0 &&
    digits <= MOST_DIGITS &&
    at + AFTER_DIGITS <= size &&
    bytes[at + 13] === 58 /* : */ &&
    bytes[at + 26] === 112 /* p */ &&
    bytes[at + 30] === 110 /* n */ &&
    bytes[at + 31] === 10 &&
    bytes[at + 32] === 10
  return isPlain ? at : -1
}

/** The length that stands before `end`, in the head that begins at `from`. */
export const lengthBefore = (bytes: Buffer, from: number, end: number): number => {
  let length = 0
  for (let at = from + DIGITS_AT; at < end; at++) length = length * 10 + (bytes[at] ?? 0) - 48
  return length
}

/** The head of a plain event. */
export const plainHead = (length: number): Head => ({
  type: 'text/event-plain',
  format: 'plain',
  length,
  text: '',
})

/** The value of a header in a head, however its name is written (`Content-Length` and `content-length` both come). */
const field = (lower: string, text: string, name: string): string | undefined => {
  const at = lower.startsWith(name) ? 0 : lower.indexOf('\n' + name) + 1
  if (at === 0 && !lower.startsWith(name)) return undefined
  const end = text.indexOf('\n', at)
  return text.slice(at + name.length, end < 0 ? undefined : end).trim()
}

/** The value of the second header of that name. */
const fieldAgain = (lower: string, text: string, name: string): string | undefined => {
  const first = lower.startsWith(name) ? 0 : lower.indexOf('\n' + name) + 1
  const at = lower.indexOf('\n' + name, first) + 1
  return at === 0 ? undefined : field(lower.slice(at), text.slice(at), name)
}

const shown = (text = ''): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** Gives a length that may be waited for. Throws ProtocolError for a longer one: the bytes may never come. */
export const checkLength = (length: number, longestBody: number): number => {
  if (length <= longestBody) return length
  throw new ProtocolError(
    `expected a frame of ${longestBody} bytes at most (maxFrameBytes), got one of ${length}; the framing is lost, or raise the limit`,
  )
}

/** Reads the head that stands in `bytes` from `from` to `end` (after its blank line). Throws ProtocolError. */
export const readHead = (bytes: Buffer, from: number, end: number, longestBody: number): Head => {
  const digits = endOfDigits(bytes, from, end)
  if (digits >= 0) return plainHead(checkLength(lengthBefore(bytes, from, digits), longestBody))
  const text = bytes.toString('latin1', from, end - 2)
  const lower = text.toLowerCase()
  const type = field(lower, text, TYPE.toLowerCase()) ?? ''
  const written = field(lower, text, 'content-length: ')
  const second = written === undefined ? undefined : fieldAgain(lower, text, 'content-length: ')
  if (second !== undefined && second !== written)
    throw new ProtocolError(`expected one Content-Length, got ${shown(written)} and ${shown(second)}`)
  if (written !== undefined && !/^\d+$/.test(written))
    throw new ProtocolError(`expected Content-Length to be a count of bytes, got ${shown(written)}`)
  const length = checkLength(Number(written ?? 0), longestBody)
  return { type, format: EVENT_TYPES[type], length, text }
}
