import { encode, looksEncoded } from './encode.ts'
import { flat } from './flat.ts'

/** A header's line, with its newline in front. */
export interface Line {
  readonly text: string
  /** Whether the value looks encoded as it is, so that `asSent` has to be called for it. */
  readonly literal: boolean
}

/** A header's name as its line begins with it, and its lines by their values, as long as they are few. */
export interface KnownLines {
  readonly begins: string
  known: Map<string, Line> | undefined
}

export const knownLines = (name: string): KnownLines => ({ begins: flat(`\n${name}: `), known: new Map() })

const MOST = 16
const LONGEST = 64

const makeLine = (begins: string, value: string): Line => {
  const encoded = encode(value)
  return { text: begins + encoded, literal: encoded !== value && looksEncoded(value) }
}

/**
 * The line of a header. Most headers only ever have a few values, the names of applications, `true`, `1`: their lines are the
 * same strings in all channels, which is less to make, to copy and to collect. One with many, a uuid, is not looked for.
 */
export const lineOf = (lines: KnownLines, value: string): Line => {
  const { begins, known } = lines
  if (!known || value.length > LONGEST) return makeLine(begins, value)
  const found = known.get(value)
  if (found) return found
  const line = makeLine(begins, value)
  if (known.size < MOST) known.set(flat(value), { ...line, text: flat(line.text) })
  else lines.known = undefined
  return line
}

/** The same as text, as `header` has it: a value loses the blanks that it begins with, and an empty one is left out. */
export const headerLine = (lines: KnownLines, value: string): string => {
  const trimmed = value.startsWith(' ') ? value.trimStart() : value
  return trimmed === '' ? '' : lineOf(lines, trimmed).text
}
