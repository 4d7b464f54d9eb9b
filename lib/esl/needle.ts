import { bytesOf } from './percent.ts'

/** How a header is looked for in the text of an event: by the part of its line that begins with its rarest character. */
export interface Needle {
  /** `Name: ` */
  readonly line: string
  /** From the rarest character of the name on. */
  readonly tail: string
  /** A newline, and what stands before `tail`. */
  readonly head: string
}

/**
 * The characters of recorded events, the most frequent first. V8 looks for the first character of what is searched for
 * many bytes at a time (memchr), and compares wherever it stands: with the newline in front that is once a line.
 */
const FREQUENT = 'earl0i-_nt\n: o%Csc2dbpv13m5u.4D7A8hf96TINgPSEwUHMR/FLWOByxk,qGXVKYjZ~QzJ'

const rarity = (char: string): number => {
  const place = FREQUENT.indexOf(char)
  return place < 0 ? FREQUENT.length : place
}

const needleOf = (header: string): Needle => {
  const name = bytesOf(header)
  let rarest = 0
  for (let i = 1; i < name.length; i++) if (rarity(name.charAt(i)) > rarity(name.charAt(rarest))) rarest = i
  return { line: `${name}: `, tail: `${name.slice(rarest)}: `, head: `\n${name.slice(0, rarest)}` }
}

const needles = new Map<string, Needle>()

/** The needle of a header: names come from programs, so there are few, and each is made once. */
export const needleFor = (header: string): Needle => {
  let needle = needles.get(header)
  if (needle === undefined) {
    needle = needleOf(header)
    if (needles.size < 4096) needles.set(header, needle)
  }
  return needle
}

/** Where the value of the first such line begins, or -1. */
export const findValue = (text: string, { line, tail, head }: Needle): number => {
  // The first header has no newline before it.
  if (text.charCodeAt(0) === line.charCodeAt(0) && text.startsWith(line)) return line.length
  const before = head.length
  let at = text.indexOf(tail)
  // At the beginning of a name nothing is left to compare but the newline.
  if (before === 1) while (at >= 0 && text.charCodeAt(at - 1) !== 10) at = text.indexOf(tail, at + 1)
  else while (at >= 0 && !text.startsWith(head, at - before)) at = text.indexOf(tail, at + 1)
  return at < 0 ? -1 : at + tail.length
}
