/**
 * FreeSWITCH 1.10.12's string functions, retold from `src/switch_utils.c` one state after the other, so that they can be
 * held against the C. Strings stand for bytes: one char, one byte. Reading behind the end gives `''`, C's NUL.
 */

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' }

/** `cleanup_separated_string` (switch_utils.c:2687). */
export const cleanUp = (text: string, delimiter = ''): string => {
  let at = 0
  while (text[at] === ' ') at++
  let out = ''
  let end = -1
  let insideQuotes = false
  for (; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '\\') {
      const next = text.charAt(at + 1)
      const isKept = next === "'" || next === '"' || (delimiter !== '' && next === delimiter) || next === '\\'
      if (isKept || next in ESCAPED) {
        at++
        out += isKept ? next : (ESCAPED[next] ?? '')
        end = out.length
        continue
      }
    }
    if (char === "'" && (insideQuotes || text.includes("'", at + 1))) {
      insideQuotes = !insideQuotes
      if (insideQuotes) end = out.length
    } else {
      out += char
      if (char !== ' ' || insideQuotes) end = out.length
    }
  }
  return end < 0 ? out : out.slice(0, end)
}

/** `separate_string_char_delim` (:2755): with the last piece begun the loop ends, so that it is the rest. */
const cutAtChar = (text: string, delimiter: string, most: number): string[] => {
  const pieces: string[] = []
  let at = 0
  let insideQuotes = false
  while (at < text.length && pieces.length < most) {
    const start = at
    if (pieces.length + 1 === most) return [...pieces, text.slice(start)]
    for (; at < text.length; at++) {
      const char = text.charAt(at)
      if (char === '\\') at++
      else if (char === "'" && (insideQuotes || text.includes("'", at + 1))) insideQuotes = !insideQuotes
      else if (char === delimiter && !insideQuotes) break
    }
    pieces.push(text.slice(start, at))
    at++
  }
  return pieces
}

/** `separate_string_blank_delim` (:2795). */
const cutAtBlanks = (text: string, most: number): string[] => {
  const pieces: string[] = []
  let at = 0
  while (at < text.length && pieces.length < most) {
    const start = at
    if (pieces.length + 1 === most) return [...pieces, text.slice(start)]
    while (text[at] === ' ') at++
    let insideQuotes = false
    for (; at < text.length; at++) {
      const char = text.charAt(at)
      if (char === '\\') at++
      else if (char === "'") insideQuotes = !insideQuotes
      else if (char === ' ' && !insideQuotes) break
    }
    pieces.push(text.slice(start, at))
    while (text[at] === ' ') at++
  }
  return pieces
}

/** `switch_separate_string` (:2848). */
export const separate = (buffer: string, delimiter: string, most: number): string[] => {
  let text = buffer
  let by = delimiter
  if (text.startsWith('^^') && text.length > 3) {
    by = text.charAt(2)
    text = text.slice(3)
  }
  return by === ' '
    ? cutAtBlanks(text, most).map((piece) => cleanUp(piece))
    : cutAtChar(text, by, most).map((piece) => cleanUp(piece, by))
}

/** `switch_find_end_paren` (:794): the index, or -1. */
export const findEndParen = (text: string, open: string, close: string): number => {
  let at = 0
  while (text[at] === ' ') at++
  if (text[at] !== open) return -1
  let depth = 1
  for (at++; at < text.length; at++) {
    if (text[at] === open && open !== close) depth++
    else if (text[at] === close && --depth === 0) return at
  }
  return -1
}
