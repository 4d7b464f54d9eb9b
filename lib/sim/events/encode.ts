import { percentDecode, percentEncode } from '../../esl/percent.ts'

const UNSAFE = /[^\w$,/'()*!~.-]/gu
const CODES = Array.from({ length: 128 }, (_, code) => `%${code.toString(16).toUpperCase().padStart(2, '0')}`)

/** 1 for each code of a character that goes as it is. */
const SAFE = Uint8Array.from(CODES, (_, code) =>
  String.fromCharCode(code).replace(UNSAFE, '') === '' ? 0 : 1,
)

const HIGH = Array.from({ length: 128 }, (_, code) => `%${(code + 128).toString(16).toUpperCase()}`)

const encodeCharacter = (char: string): string => CODES[char.codePointAt(0) ?? 0] ?? percentEncode(char)

/**
 * Inside the embedded switch a header is kept as it goes out, with one difference: a `%` of the value itself is always
 * encoded, so that what was meant can be told from what was encoded. `asSent` undoes that, as FreeSWITCH does not
 * encode a `%` that two hex digits follow (`switch_url_encode` in `src/switch_utils.c`).
 */
export const encode = (value: string): string => {
  // Most values are numbers, names and uuids, with nothing in them to encode, or addresses, with little: a regular expression
  // takes several times as long.
  let out = ''
  let done = 0
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (SAFE[code] === 1) continue
    if (code > 0x7f) return value.replace(UNSAFE, encodeCharacter)
    out += value.slice(done, i) + (CODES[code] ?? '')
    done = i + 1
  }
  return done === 0 ? value : out + value.slice(done)
}

/** Encodes what came as bytes, one character each: also what is no UTF-8. */
export const encodeBytes = (bytes: string): string =>
  bytes.replace(UNSAFE, (char) => CODES[char.charCodeAt(0)] ?? HIGH[char.charCodeAt(0) - 128] ?? char)

export const decode = percentDecode

const LOOKS_ENCODED = /%[0-9A-F]{2}/

/** Whether a value would be told from an encoded one by nobody: events with it have to be mended by `asSent`. */
export const looksEncoded = (value: string): boolean => value.includes('%') && LOOKS_ENCODED.test(value)

const MENDABLE = /%25[0-9A-F]{2}/

/** Whether there is something in a text that `asSent` mends. */
export const isMendable = (text: string): boolean => text.includes('%25') && MENDABLE.test(text)

const ENCODED_PERCENT = /%25([0-9A-F]{2})/g

/** The text of headers as FreeSWITCH would send it. */
export const asSent = (text: string): string =>
  text.includes('%25') ? text.replace(ENCODED_PERCENT, '%$1') : text

/**
 * A header on a line of its own, with the newline in front. FreeSWITCH drops a header with an empty value, and the
 * blanks that a value begins with (`switch_event_add_header_string` in `src/switch_event.c`).
 */
export const header = (name: string, value: string): string => {
  const trimmed = value.startsWith(' ') ? value.trimStart() : value
  return trimmed === '' ? '' : `\n${name}: ${encode(trimmed)}`
}
