/**
 * The percent-encoding of event headers (`switch_url_encode` in `src/switch_utils.c`, with `SWITCH_URL_UNSAFE`).
 * Strings of bytes are latin1 here: one character a byte, as they come off the socket.
 */

const NOT_ASCII = /[\x80-\xff]/
const PERCENT = 37
const UNSAFE = new Set(' #%&+:;<=>?@[\\]^`{|}"')

/** The value of each hex digit by its code; -1 for what is none. */
const HEX = new Int8Array(256).fill(-1)
for (const digit of '0123456789abcdefABCDEF') HEX[digit.charCodeAt(0)] = Number.parseInt(digit, 16)

const CHARS = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))

/** Reads a latin1 string of bytes as UTF-8; bytes that are not UTF-8 become U+FFFD, as in every other format. */
export const utf8 = (bytes: string): string =>
  NOT_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes

/** The bytes of a string as latin1: what goes on the wire, and what byte counts count. */
export const bytesOf = (text: string): string =>
  // Nearly always: what is all ASCII is its own bytes.
  Buffer.byteLength(text) === text.length ? text : Buffer.from(text, 'utf8').toString('latin1')

/** The byte that the two hex digits at `at` stand for; negative where they are none. */
const byteAt = (value: string, at: number): number => {
  const high = HEX[value.charCodeAt(at)] ?? -1
  const low = HEX[value.charCodeAt(at + 1)] ?? -1
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

/** Piece by piece: the quickest for a value of a few words. */
const decodePieces = (value: string, first: number): string => {
  let at = first
  let out = ''
  let done = 0
  let highest = 0
  do {
    const byte = byteAt(value, at + 1)
    if (byte >= 0) {
      out += value.substring(done, at) + (CHARS[byte] ?? '')
      done = at + 3
      if (byte > highest) highest = byte
    }
    at = value.indexOf('%', Math.max(done, at + 1))
  } while (at >= 0)
  out += value.substring(done)
  return highest > 0x7f ? utf8(out) : out
}

const LONGEST_PIECES = 60
const room = Buffer.alloc(4096)

/** Byte by byte: the quickest for an SDP, which is full of line breaks. */
const decodeBytes = (value: string, first: number): string => {
  // Pieces of a value of megabytes would be millions.
  const bytes = value.length > room.length ? Buffer.alloc(value.length) : room
  const size = bytes.write(value, 'latin1')
  let to = first
  let highest = 0
  for (let from = first; from < size; from++) {
    let byte = bytes[from] ?? 0
    if (byte === PERCENT) {
      const high = HEX[bytes[from + 1] ?? 0] ?? -1
      const low = HEX[bytes[from + 2] ?? 0] ?? -1
      if (high >= 0 && low >= 0 && from + 2 < size) {
        byte = high * 16 + low
        if (byte > highest) highest = byte
        from += 2
      }
    }
    bytes[to++] = byte
  }
  return bytes.toString(highest > 0x7f ? 'utf8' : 'latin1', 0, to)
}

/**
 * Decodes a header value. A `%` that no two hex digits follow stands for itself, so nothing that the switch sends can
 * make it throw.
 */
export const percentDecode = (value: string): string => {
  const first = value.indexOf('%')
  if (first < 0) return value
  return value.length > LONGEST_PIECES ? decodeBytes(value, first) : decodePieces(value, first)
}

const mustEncode = (code: number, char: string): boolean => code < 0x20 || code > 0x7e || UNSAFE.has(char)

/** A `%` before two hex digits (upper case) is taken for encoded already: `a%20b` goes out as it is. */
const isEncoded = (value: string, at: number): boolean => /^%[0-9A-F]{2}$/.test(value.slice(at, at + 3))

/** Encodes a header value (UTF-8 text) as FreeSWITCH does, its ambiguity with `%XX` in the value included. */
export const percentEncode = (text: string): string => {
  if (!/[^\w$,/'()*!~.-]/.test(text)) return text
  const value = bytesOf(text)
  let out = ''
  for (let i = 0; i < value.length; i++) {
    const char = value.charAt(i)
    const code = value.charCodeAt(i)
    if (!mustEncode(code, char) || (char === '%' && isEncoded(value, i))) out += char
    else out += '%' + code.toString(16).toUpperCase().padStart(2, '0')
  }
  return out
}
