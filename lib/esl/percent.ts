/**
 * The percent-encoding of event headers (`switch_url_encode` in `src/switch_utils.c`, with `SWITCH_URL_UNSAFE`).
 * Strings of bytes are latin1 here: one character a byte, as they come off the socket.
 */

const NOT_ASCII = /[\x80-\xff]/
const UNSAFE = new Set(' #%&+:;<=>?@[\\]^`{|}"')

const hexDigit = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** Reads a latin1 string of bytes as UTF-8; bytes that are not UTF-8 become U+FFFD, as in every other format. */
export const utf8 = (bytes: string): string =>
  NOT_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes

/** The bytes of a string as latin1: what goes on the wire, and what byte counts count. */
export const bytesOf = (text: string): string =>
  // Nearly always: what is all ASCII is its own bytes.
  Buffer.byteLength(text) === text.length ? text : Buffer.from(text, 'utf8').toString('latin1')

/**
 * Decodes a header value. A `%` that no two hex digits follow stands for itself, so nothing that the switch sends can
 * make it throw.
 */
export const percentDecode = (value: string): string => {
  let at = value.indexOf('%')
  if (at < 0) return value
  let out = ''
  let done = 0
  do {
    const high = hexDigit(value.charCodeAt(at + 1))
    const low = hexDigit(value.charCodeAt(at + 2))
    if (high >= 0 && low >= 0) {
      out += value.slice(done, at) + String.fromCharCode(high * 16 + low)
      done = at + 3
    }
    at = value.indexOf('%', Math.max(done, at + 1))
  } while (at >= 0)
  return utf8(out + value.slice(done))
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
