import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { ArgumentError, FileError, messageOf } from '../errors.ts'
import { createDeltaEncoder, decodeDelta, type EventDelta } from './event-deltas.ts'
import type { RecordedEvent, RecordedLine, Recording } from './recording.ts'

/** 1 had every event whole; 2 may tell it as its difference from another (see `EventDelta`). */
const VERSION = 2
const READABLE: readonly unknown[] = [1, 2]

/** A recording as text: a JSON line that says what it is, then one for each thing that happened. */
export const formatRecording = ({ node, start, passive, lines }: Recording): string => {
  const encode = createDeltaEncoder()
  const head = { switchix: 'recording', version: VERSION, node, start, ...(passive ? { passive } : {}) }
  const written = lines.map((line, i) =>
    'event' in line ? { t: line.t, ...encode(i + 2, line.event) } : line,
  )
  return [head, ...written].map((line) => JSON.stringify(line) + '\n').join('')
}

type Fields = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

const isEvent = (value: unknown): value is RecordedEvent =>
  isRecord(value) && Object.values(value).every((each) => typeof each === 'string' || isStrings(each))

const short = (text: string): string => (text.length > 60 ? text.slice(0, 60) + '…' : text)

const wrong = (number: number, what: string, cause?: unknown): ArgumentError =>
  new ArgumentError(`line ${number} of the recording ${what}`, cause)

const parseJson = (text: string, number: number): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw wrong(number, `is not JSON: ${short(text)}`, error)
  }
}

const whatCame = (head: unknown, text: string): string => {
  if (head !== undefined) return short(JSON.stringify(head))
  return text.trim() === '' ? 'nothing' : 'an empty first line'
}

const parseHead = (head: unknown, text: string): Omit<Recording, 'lines'> => {
  const { switchix, version, node, start, passive } = isRecord(head) ? head : {}
  if (switchix !== 'recording' || !READABLE.includes(version))
    throw new ArgumentError(
      `expected a recording of switchix, version 1 or ${VERSION}, got ${whatCame(head, text)}`,
    )
  if (typeof node !== 'string' || typeof start !== 'number' || !Number.isFinite(start))
    throw wrong(1, `must have a node and a start in milliseconds: ${short(JSON.stringify(head))}`)
  return { node, start, ...(passive === true ? { passive } : {}) }
}

/** Reads the text of a recording. Throws ArgumentError (BAD_ARGUMENT) that names the line. */
export const parseRecording = (text: string): Recording => {
  /** Events by the line that they are on. */
  const events = new Map<number, RecordedEvent>()

  const parseEvent = (fields: Fields, number: number): RecordedEvent => {
    const { like, event, without = [] } = fields
    if (!isEvent(event)) throw wrong(number, 'has an event whose headers are not text')
    if (like !== undefined && typeof like !== 'number')
      throw wrong(number, 'must be like the number of a line')
    if (!isStrings(without)) throw wrong(number, 'must be without a list of headers')
    const delta: EventDelta = { event, without, ...(like === undefined ? {} : { like }) }
    const whole = decodeDelta(delta, (line) => events.get(line))
    if (!whole) throw wrong(number, `is like line ${String(like)}, where no event is`)
    events.set(number, whole)
    return whole
  }

  const parseLine = (line: string, number: number): RecordedLine => {
    const fields = parseJson(line, number)
    if (isRecord(fields) && typeof fields['t'] === 'number') {
      const { t, event, command, reply } = fields
      if (event !== undefined) return { t, event: parseEvent(fields, number) }
      if (typeof command === 'string') return { t, command }
      if (typeof reply === 'string') return { t, reply }
    }
    throw wrong(number, `is no event, command or reply with its time t: ${short(line)}`)
  }

  const [first = '', ...rest] = text.split('\n')
  const head = parseHead(first.trim() === '' ? undefined : parseJson(first, 1), text)
  return {
    ...head,
    lines: rest.flatMap((line, i) => (line.trim() === '' ? [] : [parseLine(line, i + 2)])),
  }
}

/** Reads a recording's file. Rejects with ArgumentError (BAD_ARGUMENT) for what is none. */
export const readRecording = async (path: string): Promise<Recording> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    throw new ArgumentError(
      `cannot read ${path}: ${code === 'ENOENT' ? 'there is no such file' : String(error)}`,
      error,
    )
  })
  try {
    return parseRecording(text)
  } catch (error) {
    throw error instanceof ArgumentError ? new ArgumentError(`${path}: ${error.message}`, error) : error
  }
}

/**
 * Writes a recording; at every moment the file is the one before, or the new one, never a part. Rejects with FileError
 * (FILE_NOT_WRITTEN).
 */
export const writeRecording = async (path: string, recording: Recording): Promise<void> => {
  const draft = `${path}.${process.pid}.tmp`
  try {
    await writeFile(draft, formatRecording(recording))
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw new FileError(path, `cannot write ${path}: ${messageOf(error)}`, error)
  }
}
