import { ArgumentError } from '../../errors.ts'

/** What the switch takes for a variable (`switch_string_var_check_const`, switch_utils.h:784): backslashes do not hide the brace. */
const EXPANDED = /\$\\*\{/

/** Whether the switch would look for variables in this text. */
export const holdsExpansion = (text: string): boolean => text.includes('{') && EXPANDED.test(text)

/**
 * Returns `text` where it holds no `${…}`, which the switch expands in applications' arguments and in variables, running APIs
 * on the way (`${api(...)}`). Throws ArgumentError (BAD_ARGUMENT) that names `what` otherwise.
 */
export const requireNoExpansion = (what: string, text: string): string => {
  if (holdsExpansion(text))
    throw new ArgumentError(
      `expected ${what} without \${…}, which the switch would expand; pass { expand: true } if that is meant: ${JSON.stringify(text)}`,
    )
  return text
}

/** Where `${…}` that begins at `start` ends: its braces are counted (switch_channel.c:4090). */
const endOfExpansion = (text: string, start: number): number => {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at + 1
  }
  return text.length
}

/** Encodes a text; whether it stands directly after, and before, `${…}`. */
type Encode = (text: string, isAfter: boolean, isBefore: boolean) => string

/**
 * Encodes what stands around `${…}` and `$${…}`, and leaves these as they are for the switch to expand. Without `expand`
 * there are none, and all of `text` is encoded.
 */
export const encodeAround = (text: string, expand: boolean, encode: Encode): string => {
  if (!expand || !text.includes('${')) return encode(text, false, false)
  let out = ''
  let from = 0
  for (const { index, 0: dollars } of text.matchAll(/\${1,2}(?=\{)/g)) {
    if (index < from) continue
    if (index > from) out += encode(text.slice(from, index), from > 0, true)
    from = endOfExpansion(text, index + dollars.length)
    out += text.slice(index, from)
  }
  return from < text.length ? out + encode(text.slice(from), true, false) : out
}
