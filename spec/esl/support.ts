import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEvent, type EslEvent } from '../../lib/esl/event.ts'
import { createFrameDecoder, type EventFormat, type FrameDecoder } from '../../lib/esl/frames.ts'

/** What came out of the decoder: an event with its format, or another frame with its head. */
export interface Frame {
  readonly format: EventFormat | undefined
  readonly type: string
  readonly head: string
  /** Body of the frame, or text of the event; latin1. */
  readonly text: string
}

/** A decoder that notes what comes out of it. */
const noting = (frames: Frame[]): FrameDecoder =>
  createFrameDecoder({
    event: (text, format) => frames.push({ format, type: `text/event-${format}`, head: '', text }),
    frame: (type, head, text) => frames.push({ format: undefined, type, head, text }),
  })

/** Decodes chunks that come as text, one character a byte. */
export const decodeText = (chunks: Iterable<Buffer>): Frame[] => {
  const frames: Frame[] = []
  const decoder = noting(frames)
  for (const chunk of chunks) decoder.pushText(chunk.toString('latin1'))
  return frames
}

/** Decodes chunks through one read buffer that is wiped after each push: the decoder must not keep what it is given. */
export const decode = (chunks: Iterable<Buffer>): Frame[] => {
  const frames: Frame[] = []
  const decoder = noting(frames)
  let buffer = Buffer.alloc(64)
  for (const chunk of chunks) {
    if (chunk.length > buffer.length) buffer = Buffer.alloc(chunk.length)
    const fed = buffer.subarray(0, chunk.copy(buffer))
    decoder.push(fed)
    fed.fill(10)
  }
  return frames
}

/** Cuts bytes into pieces of these sizes, again and again until nothing is left. */
export function* cut(bytes: Buffer, sizes: readonly number[]): Iterable<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** One decoder, one byte a push, without a buffer of its own for each byte. */
export const decodeByteByByte = (bytes: Buffer): Frame[] => {
  const one = Buffer.alloc(1)
  const each = function* (): Iterable<Buffer> {
    for (const byte of bytes) {
      one[0] = byte
      yield one
    }
  }
  return decode(each())
}

export const eventsOf = (frames: readonly Frame[]): EslEvent[] =>
  frames.flatMap(({ format, text }) => (format ? [createEvent(text, format)] : []))

/** A line of an `events.tsv`: `event` is a name, `CUSTOM/subclass`, or a content type in brackets. */
export interface Row {
  readonly sequence: string
  readonly event: string
}

/** One connection of a recording: what the switch sent on it. */
export interface Recording {
  readonly name: string
  readonly bytes: Buffer
  readonly rows: readonly Row[]
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

export const FIXTURES = join(root, 'spec/fixtures/captures')
/** The whole set, which is not part of the project. */
export const CAPTURES = process.env['SWITCHIX_CAPTURES'] ?? join(root, '../shared/captures')
export const haveCaptures = existsSync(CAPTURES)

const rowOf = (line: string): Row => {
  const [, sequence = '', event = ''] = line.split('\t')
  return { sequence, event }
}

const readRecording = (rawFile: string): Recording => ({
  name: `${basename(dirname(rawFile))}/${basename(rawFile)}`,
  bytes: readFileSync(rawFile),
  rows: readFileSync(rawFile.replace(/\.\w+\.raw$/, '.events.tsv'), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map(rowOf),
})

/** Every connection below a folder; in outbound mode (`conn-out-N`) the switch is the client. */
export const recordingsIn = (folder: string): Recording[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /conn-\d+\.s2c\.raw$|conn-out-\d+\.c2s\.raw$/.test(file))
    .sort()
    .map((file) => readRecording(join(folder, file)))

/** The recording whose name begins so, such as `l1` or `k1_bad_auth/conn-2.`. */
export const recording = (start: string): Recording => {
  const found = recordingsIn(FIXTURES).find(({ name }) => name.startsWith(start))
  if (!found) throw new Error(`no recording ${start} in ${FIXTURES}`)
  return found
}
