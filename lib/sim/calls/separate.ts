/**
 * FreeSWITCH's way of taking strings apart (`switch_separate_string` in `src/switch_utils.c`): `'…'` and `\` protect the
 * delimiter, and each round removes one layer of both.
 */

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' }

/** Whether nothing in a text protects anything: so it is with most of them, and they are taken apart far quicker. */
const isPlain = (text: string): boolean => !text.includes("'") && !text.includes('\\')

const BLANK = 32

/** Where the first character is that is no blank. */
const skipBlanks = (text: string, from: number): number => {
  let at = from
  while (text.charCodeAt(at) === BLANK) at++
  return at
}

const trim = (text: string): string => {
  const start = text.slice(skipBlanks(text, 0))
  let end = start.length
  while (end > 0 && start.charCodeAt(end - 1) === BLANK) end--
  return end > 0 ? start.slice(0, end) : start
}

/** Removes quotes, resolves escapes, drops the blanks at both ends (`cleanup_separated_string`). */
const cleanUp = (text: string, delimiter: string): string => {
  if (isPlain(text)) return trim(text)
  let out = ''
  let end = 0
  let quoted = false
  const start = skipBlanks(text, 0)
  for (let i = start; i < text.length; i++) {
    const char = text.charAt(i)
    const next = text.charAt(i + 1)
    if (char === '\\' && next !== '' && (`'"\\${delimiter}`.includes(next) || Object.hasOwn(ESCAPES, next))) {
      out += delimiter === next ? next : (ESCAPES[next] ?? next)
      end = out.length
      i++
    } else if (char === "'" && (quoted || text.includes("'", i + 1))) {
      quoted = !quoted
      if (quoted) end = out.length
    } else {
      out += char
      if (char !== ' ' || quoted) end = out.length
    }
  }
  return end > 0 ? out.slice(0, end) : out
}

const separatePlain = (text: string, delimiter: string, limit: number): string[] => {
  const pieces: string[] = []
  let from = delimiter === ' ' ? skipBlanks(text, 0) : 0
  if (from > 0 && from === text.length) return ['']
  while (pieces.length < limit - 1) {
    const at = text.indexOf(delimiter, from)
    if (at < 0) break
    pieces.push(trim(text.slice(from, at)))
    from = delimiter === ' ' ? skipBlanks(text, at + 1) : at + 1
  }
  if (from < text.length) pieces.push(trim(text.slice(from)))
  return pieces
}

/** Cuts a string at a delimiter, `limit` pieces at most; `^^x` in front makes `x` the delimiter. */
export const separate = (text: string, delimiter: string, limit = 1000): string[] =>
  text.startsWith('^^') && text.length > 3
    ? separateAt(text.slice(3), text.charAt(2), limit)
    : separateAt(text, delimiter, limit)

const separateAt = (text: string, delimiter: string, limit: number): string[] => {
  if (isPlain(text)) return separatePlain(text, delimiter, limit)
  const blank = delimiter === ' '
  const pieces: string[] = []
  let from = blank ? skipBlanks(text, 0) : 0
  let quoted = false
  for (let i = from; i < text.length && pieces.length < limit - 1; i++) {
    const char = text.charAt(i)
    if (char === '\\') i++
    else if (char === "'" && (blank || quoted || text.includes("'", i + 1))) quoted = !quoted
    else if (char === delimiter && !quoted) {
      pieces.push(text.slice(from, i))
      if (blank) while (text.charAt(i + 1) === ' ') i++
      from = i + 1
    }
  }
  if (from < text.length) pieces.push(text.slice(from))
  return pieces.map((piece) => cleanUp(piece, blank ? '' : delimiter))
}
