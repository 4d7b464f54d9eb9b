import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** How a client wants its events. */
export type Format = 'plain' | 'json'

/** An event of the recordings: its headers as they stood on the wire, and its body. */
export interface Recorded {
  readonly plain: string
  readonly json: string
}

const RECORDINGS = new URL('../../fidelity/recordings/', import.meta.url).pathname

const EVENT = /Content-Length: (\d+)\nContent-Type: text\/event-plain\n\n/g

/** The plain events in the bytes of a connection. */
const eventsIn = (bytes: Buffer): string[] => {
  const text = bytes.toString('latin1')
  return Array.from(text.matchAll(EVENT), (match) => {
    const from = match.index + match[0].length
    return text.slice(from, from + Number(match[1]))
  })
}

const toJson = (plain: string): string => {
  const blank = plain.indexOf('\n\n')
  const pairs = plain
    .slice(0, blank)
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(': ')
      return [
        line.slice(0, colon),
        decodeURIComponent(line.slice(colon + 2).replace(/%(?![0-9A-F]{2})/gi, '%25')),
      ]
    })
  const body = plain.slice(blank + 2)
  return JSON.stringify(Object.fromEntries([...pairs, ...(body === '' ? [] : [['_body', body]])]))
}

/** No header twice with another value: some clients give the first, others the last. */
const isPlainSpoken = (plain: string): boolean => {
  const values = new Map<string, string>()
  return plain
    .trimEnd()
    .split('\n')
    .every((line) => {
      const name = line.slice(0, line.indexOf(':'))
      const known = values.get(name)
      values.set(name, line)
      return known === undefined || known === line
    })
}

/** Only what every client can read, and reads the same: values that are UTF-8, no arrays, no bodies. */
const isFair = (plain: string): boolean =>
  !/ARRAY::|%[89A-F][0-9A-F]|\nContent-Length:/.test(plain) && isPlainSpoken(plain)

/** Without headers that come again with the same value: in json there is but one of them. */
const withoutRepeats = (plain: string): string =>
  [...new Set(plain.trimEnd().split('\n'))].join('\n') + '\n\n'

/** The channel events of all recordings, in their order. */
export const recordedEvents = (): Recorded[] =>
  readdirSync(RECORDINGS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = join(RECORDINGS, name, 'conn-1.s2c.raw.gz')
      return existsSync(path) ? eventsIn(gunzipSync(readFileSync(path))) : []
    })
    .filter((plain) => plain.includes('\nUnique-ID: ') && isFair(plain))
    .map(withoutRepeats)
    .map((plain) => ({ plain, json: toJson(plain) }))

export const frame = (format: Format, text: string): Buffer => {
  const body = Buffer.from(text, format === 'plain' ? 'latin1' : 'utf8')
  return Buffer.concat([
    Buffer.from(`Content-Length: ${body.length}\nContent-Type: text/event-${format}\n\n`),
    body,
  ])
}

export const UUID = /[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g

/** The recorded events as they are sent, to be had as any round. The buffer is used again by the next call. */
export const passOf = (frames: readonly Buffer[]): { as(round: number): Buffer } => {
  const bytes = Buffer.concat(frames)
  const places = Array.from(bytes.toString('latin1').matchAll(UUID), ({ index }) => index)
  return {
    as(round) {
      const mark = Buffer.from(markOf(round))
      for (const place of places) bytes.set(mark, place)
      return bytes
    },
  }
}

const markOf = (round: number): string => round.toString(16).padStart(4, '0')

/** Pass `round` of the recorded events, with channels of its own: each round is other calls. */
export const block = (events: readonly Recorded[], format: Format, round: number): Buffer[] => {
  const mark = markOf(round)
  return events.map((event) =>
    frame(
      format,
      event[format].replace(UUID, (head) => `${mark}${head.slice(4)}`),
    ),
  )
}
