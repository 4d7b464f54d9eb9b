import { readFile, writeFile } from 'node:fs/promises'
import { ArgumentError } from '../errors.ts'

/** An event as it came: its headers by name, its body as `_body`. */
export type RecordedEvent = Readonly<Record<string, string | readonly string[]>>

/** What happened on a connection, in order; `t` is milliseconds since it began. */
export type RecordedLine =
  | { readonly t: number; readonly event: RecordedEvent }
  /** A command without its blank line: `sendmsg <uuid>\ncall-command: execute\n…`. */
  | { readonly t: number; readonly command: string }
  /** The answer to the oldest command that had none. */
  | { readonly t: number; readonly reply: string }

/** What a connection to a switch said and was told, from the greeting on; passwords are left out. */
export interface Recording {
  /** `host:port` of the switch. */
  readonly node: string
  /** Milliseconds since the epoch. */
  readonly start: number
  readonly lines: readonly RecordedLine[]
}

const VERSION = 1

/** A recording as text: a JSON line that says what it is, then one for each thing that happened. */
export const formatRecording = ({ node, start, lines }: Recording): string =>
  [{ switchix: 'recording', version: VERSION, node, start }, ...lines]
    .map((line) => JSON.stringify(line) + '\n')
    .join('')

const parseLine = (text: string, number: number): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ArgumentError(`line ${number} of the recording is not JSON`, error)
  }
}

/** Reads the text of a recording. Throws ArgumentError (BAD_ARGUMENT) that names the line. */
export const parseRecording = (text: string): Recording => {
  const [head, ...lines] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => parseLine(line, i + 1))
  const { switchix, version, node, start } = (head ?? {}) as Record<string, unknown>
  if (switchix !== 'recording' || version !== VERSION)
    throw new ArgumentError(
      `expected a recording of switchix, version ${VERSION}, got ${text === '' ? 'nothing' : JSON.stringify(head)}`,
    )
  return { node: String(node), start: Number(start), lines: lines as RecordedLine[] }
}

export const readRecording = async (path: string): Promise<Recording> =>
  parseRecording(await readFile(path, 'utf8'))

export const writeRecording = (path: string, recording: Recording): Promise<void> =>
  writeFile(path, formatRecording(recording))
