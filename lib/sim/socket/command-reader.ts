import { utf8 } from '../../esl/percent.ts'

/** A header line as it was written, one character a byte. */
export type Written = readonly [name: string, value: string]

/** A command as it came: its line, its header lines, its body. */
export interface Command {
  readonly line: string
  readonly written: readonly Written[]
  /** Everything in front of the body, one character a byte. */
  readonly bytes: string
  readonly body: string | undefined
}

const BLANK_LINE = /\r?\n\r?\n/

/** Up to the first CR, or else the first LF (`strip_cr` in `mod_event_socket.c`). */
export const firstLine = (text: string): string => text.split(text.includes('\r') ? '\r' : '\n', 1)[0] ?? ''

/** A CR ends a line, wherever one is; FreeSWITCH looks for it before it looks for the LF. */
const linesOf = (text: string): string[] => {
  if (!text.includes('\r')) return text.split('\n').filter((line) => line !== '')
  const lines: string[] = []
  for (let rest = text; rest !== '';) {
    const line = firstLine(rest)
    lines.push(line)
    rest = rest.slice(line.length).replace(/^[\r\n]+/, '')
  }
  return lines
}

const BLANK = 32

/** What follows the blanks at a place. */
const withoutBlanks = (text: string, from: number): string => {
  let at = from
  while (text.charCodeAt(at) === BLANK) at++
  return text.slice(at)
}

const isLineEnd = (code: number): boolean => code === 10 || code === 13

/** Skips the blank lines in front of a command. */
const withoutLineEnds = (text: string): string => {
  let at = 0
  while (isLineEnd(text.charCodeAt(at))) at++
  return at === 0 ? text : text.slice(at)
}

const headersIn = (lines: readonly string[]): Written[] => {
  const written: Written[] = []
  for (let i = 1; i < lines.length; i++) {
    const text = lines[i] ?? ''
    const colon = text.indexOf(':')
    if (colon > 0) written.push([text.slice(0, colon), withoutBlanks(text, colon + 1)])
  }
  return written
}

/** The header lines of what stood in front of a body. */
export const writtenIn = (bytes: string): Written[] => headersIn(linesOf(bytes))

/**
 * The value of a header, the last of that name, which is given in lower case: the switch does not tell names apart by case.
 * There are a handful in a command, too few for a table.
 */
export const headerOf = ({ written }: Pick<Command, 'written'>, name: string): string | undefined => {
  for (let i = written.length - 1; i >= 0; i--) {
    const [own, value] = written[i] ?? ['', '']
    if (own.length === name.length && own.toLowerCase() === name) return utf8(value)
  }
  return undefined
}

/** How long the body of a command is. */
const lengthIn = (written: readonly Written[]): number => {
  const length = written.length > 0 ? headerOf({ written }, 'content-length') : undefined
  return length === undefined ? 0 : Math.max(0, Number.parseInt(length, 10) || 0)
}

/** Where the first blank line of a text begins and ends; `returns`: whether there may be a CR in it. */
const findBlank = (text: string, returns: boolean): readonly [from: number, to: number] | undefined => {
  if (!returns) {
    const at = text.indexOf('\n\n')
    return at < 0 ? undefined : [at, at + 2]
  }
  const end = BLANK_LINE.exec(text)
  return end ? [end.index, end.index + end[0].length] : undefined
}

/**
 * Cuts what a client sends, one character a byte, into commands (`read_packet` in `mod_event_socket.c`): blank lines in
 * front of one are skipped, its headers end with a blank line, its body is exactly `Content-Length` bytes and ends at a NUL.
 */
export const createCommandReader = (onCommand: (command: Command) => void): ((bytes: string) => void) => {
  let pending = ''
  let returns = false

  /** One command off the front; false when it is not all there yet. */
  const takeOne = (): boolean => {
    pending = withoutLineEnds(pending)
    const blank = findBlank(pending, returns)
    if (!blank) return false
    const [, from] = blank
    const bytes = pending.slice(0, from)
    const lines = linesOf(bytes)
    const written = headersIn(lines)
    const length = lengthIn(written)
    if (pending.length < from + length) return false
    const body = length > 0 ? utf8(pending.slice(from, from + length).split('\0', 1)[0] ?? '') : undefined
    pending = pending.slice(from + length)
    onCommand({ line: utf8(lines[0] ?? ''), written, bytes, body })
    return true
  }

  return (bytes) => {
    returns = (returns && pending !== '') || bytes.includes('\r')
    pending += bytes
    while (takeOne());
  }
}
