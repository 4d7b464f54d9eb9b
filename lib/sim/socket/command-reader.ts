import { utf8 } from '../../esl/percent.ts'

/** A command as it came: its line, its header lines, its body. */
export interface Command {
  readonly line: string
  /** Names in lower case: the switch does not tell them apart by case. */
  readonly headers: ReadonlyMap<string, string>
  /** The header lines as they were written, one character a byte, for events that carry them on. */
  readonly written: readonly (readonly [name: string, value: string])[]
  /** Everything in front of the body, one character a byte. */
  readonly bytes: string
  readonly body: string | undefined
}

const blockEnd = /\r?\n\r?\n/g

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

const parse = (bytes: string): Omit<Command, 'body'> => {
  const [line = '', ...rest] = linesOf(bytes)
  const written = rest.flatMap((text): [string, string][] => {
    const colon = text.indexOf(':')
    return colon > 0 ? [[text.slice(0, colon), withoutBlanks(text, colon + 1)]] : []
  })
  const named = written.map(([name, value]): [string, string] => [name.toLowerCase(), utf8(value)])
  return { line: utf8(line), written, headers: new Map(named), bytes }
}

/**
 * Cuts what a client sends into commands (`read_packet` in `mod_event_socket.c`): blank lines in front of one are
 * skipped, its headers end with a blank line, its body is exactly `Content-Length` bytes and ends at a NUL. Text is
 * kept as latin1, one character a byte, until a command is whole.
 */
export const createCommandReader = (onCommand: (command: Command) => void): ((chunk: Buffer) => void) => {
  let pending = ''

  /** One command off the front; false when it is not all there yet. */
  const takeOne = (): boolean => {
    pending = withoutLineEnds(pending)
    blockEnd.lastIndex = 0
    const end = blockEnd.exec(pending)
    if (!end) return false
    const from = end.index + end[0].length
    const head = parse(pending.slice(0, from))
    const length = Math.max(0, Number.parseInt(head.headers.get('content-length') ?? '0', 10) || 0)
    if (pending.length < from + length) return false
    const body = pending.slice(from, from + length)
    pending = pending.slice(from + length)
    onCommand({ ...head, body: length > 0 ? utf8(body.split('\0', 1)[0] ?? '') : undefined })
    return true
  }

  return (chunk) => {
    pending += chunk.toString('latin1')
    while (takeOne());
  }
}
