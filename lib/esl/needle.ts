import { bytesOf } from './percent.ts'
import { rarestIn, recordOf } from './scan-names.ts'

/**
 * How a header is looked for in the text of an event: by the scanner, or, without it, by the part of its line that begins with
 * its rarest character. V8 looks for the first character of what is searched for many bytes at a time (memchr), and compares
 * wherever it stands: with the newline in front that is once a line.
 */
export interface Needle {
  /** What the scanner knows it by; 0: not at all. */
  readonly record: number
  /** `Name: ` */
  readonly line: string
  /** From the rarest character of the name on. */
  readonly tail: string
  /** A newline, and what stands before `tail`. */
  readonly head: string
}

const needleOf = (header: string): Needle => {
  const name = bytesOf(header)
  const rarest = rarestIn(name)
  return {
    record: recordOf(name),
    line: `${name}: `,
    tail: `${name.slice(rarest)}: `,
    head: `\n${name.slice(0, rarest)}`,
  }
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
