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

const BLANK_LINE = /\r?\n\r?\n/g

/** The longest command, and the longest body, in bytes (`max_len` of `read_packet` in `mod_event_socket.c`). */
export const MAX_COMMAND_BYTES = 10_485_760

/** Up to the first CR, or else the first LF (`strip_cr` in `mod_event_socket.c`). */
export const firstLine = (text: string): string => text.split(text.includes('\r') ? '\r' : '\n', 1)[0] ?? ''

/** A CR ends a line, wherever one is; FreeSWITCH looks for it before it looks for the LF. */
const linesOf = (text: string): string[] => {
  if (!text.includes('\r')) return text.split('\n').filter((line) => line !== '')
  const lines: string[] = []
  let cr = 0
  for (let at = 0; at < text.length;) {
    // Once there is none left, it is not looked for again by every line.
    if (cr >= 0 && cr <= at) cr = text.indexOf('\r', at)
    const stop = cr >= 0 ? cr : text.indexOf('\n', at)
    const end = stop < 0 ? text.length : stop
    lines.push(text.slice(at, end))
    at = end
    while (isLineEnd(text.charCodeAt(at))) at++
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

/** Where the blank lines in front of a command end. */
const afterLineEnds = (text: string, from: number): number => {
  let at = from
  while (isLineEnd(text.charCodeAt(at))) at++
  return at
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

/** Where the first blank line from `at` on ends, or -1; `returns`: whether there may be a CR in it. */
const endOfBlank = (text: string, at: number, returns: boolean): number => {
  if (!returns) {
    const blank = text.indexOf('\n\n', at)
    return blank < 0 ? -1 : blank + 2
  }
  BLANK_LINE.lastIndex = at
  return BLANK_LINE.test(text) ? BLANK_LINE.lastIndex : -1
}

/** As many characters as a blank line that two pieces share may have in the first of them. */
const OVERLAP = 3

/**
 * Cuts what a client sends, one character a byte, into commands (`read_packet` in `mod_event_socket.c`): blank lines in
 * front of one are skipped, its headers end with a blank line, its body is exactly `Content-Length` bytes and ends at a NUL.
 * Pieces are put together once a command may be whole, so that the work grows with the bytes and not with their square.
 * A command or body above `MAX_COMMAND_BYTES` is not waited for: `onTooLong` is called, and nothing more is taken.
 * FreeSWITCH cuts such a command there and runs the rest as the next one.
 */
export const createCommandReader = (
  onCommand: (command: Command) => void,
  onTooLong: () => void = () => undefined,
): ((bytes: string) => void) => {
  let pieces: string[] = []
  let size = 0
  /** How many bytes there have to be before it is worth to look; 0 while the blank line has not come. */
  let needed = 0
  let returns = false
  let refused = false

  /** Takes one command that begins at `at`; gives where it ends, or -1 when it is not all there yet. */
  const takeOne = (text: string, at: number): number => {
    const from = endOfBlank(text, at, returns)
    if (from < 0) return -1
    const bytes = text.slice(at, from)
    const lines = linesOf(bytes)
    const written = headersIn(lines)
    const length = lengthIn(written)
    if (length > MAX_COMMAND_BYTES) refused = true
    if (text.length < from + length) {
      needed = from + length - at
      return -1
    }
    const body = length > 0 ? utf8(text.slice(from, from + length).split('\0', 1)[0] ?? '') : undefined
    onCommand({ line: utf8(lines[0] ?? ''), written, bytes, body })
    return from + length
  }

  const takeAll = (): void => {
    const text = pieces.join('')
    needed = 0
    let at = 0
    for (let end = 0; end >= 0 && !refused;) {
      at = afterLineEnds(text, end)
      end = takeOne(text, at)
    }
    pieces = at < text.length ? [text.slice(at)] : []
    size = text.length - at
  }

  /** Whether a blank line ends in the last piece. */
  const hasBlank = (): boolean => {
    const last = pieces.at(-1) ?? ''
    let before = ''
    for (let i = pieces.length - 2; i >= 0 && before.length < OVERLAP; i--)
      before = (pieces[i] ?? '') + before
    return endOfBlank(before.slice(-OVERLAP) + last, 0, returns) >= 0
  }

  return (bytes) => {
    if (refused) return
    returns = (returns && size > 0) || bytes.includes('\r')
    const piece = size > 0 ? bytes : bytes.slice(afterLineEnds(bytes, 0))
    if (piece === '') return
    pieces.push(piece)
    size += piece.length
    if (needed > 0 ? size >= needed : hasBlank()) takeAll()
    if (needed === 0 && size > MAX_COMMAND_BYTES) refused = true
    if (!refused) return
    pieces = []
    onTooLong()
  }
}
