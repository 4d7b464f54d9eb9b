import { isAscii } from 'node:buffer'
import { createReadStream } from 'node:fs'

/** Some rows of a file as they stand there, without their line ends. */
export interface Lines {
  readonly lines: readonly string[]
  /** Whether there is a quote in any of them. */
  readonly quoted: boolean
}

const QUOTE = 0x22
const LINE_END = 0x0a

const isOdd = (text: string): boolean => {
  let odd = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd
  return odd
}

/** Puts lines together whose end is inside quotes; the last of them may go on behind these. */
const joinQuoted = (lines: readonly string[]): [rows: string[], open: string] => {
  const rows: string[] = []
  let open = ''
  for (const line of lines) {
    const row = open === '' ? line : `${open}\n${line}`
    open = isOdd(row) ? row : ''
    if (open === '') rows.push(row)
  }
  return [rows, open]
}

/** Most files are ASCII, which is quicker to decode. */
const decode = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')

/**
 * The rows of a file, many at a time. What comes after the last line end is no row: it was never written to its end. In
 * CSV (`quotes`) a line end inside quotes belongs to its field.
 */
export async function* readLines(path: string, quotes: boolean): AsyncGenerator<Lines, void> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 })) {
    const bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
    const end = bytes.lastIndexOf(LINE_END)
    rest = bytes.subarray(end + 1)
    if (end < 0) continue
    const whole = bytes.subarray(0, end)
    const lines = decode(whole).split('\n')
    const quoted = whole.includes(QUOTE)
    if (!quotes || !quoted) {
      yield { lines, quoted }
      continue
    }
    const [rows, open] = joinQuoted(lines)
    if (open !== '') rest = Buffer.concat([Buffer.from(`${open}\n`), rest])
    yield { lines: rows, quoted }
  }
}
