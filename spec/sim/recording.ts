import { readFileSync } from 'node:fs'
import { createFrameDecoder } from '../../lib/esl/frames.ts'

/** An event as it was on the wire: its header names in order, their values as they were sent, and whose it is. */
export interface WireEvent {
  readonly name: string
  /** A, B, ... in the order in which channels appeared; `-` for none. */
  readonly leg: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export interface Wire {
  readonly events: WireEvent[]
  /** Replies and answers, in order: the Reply-Text, or the body. */
  readonly replies: string[]
  readonly types: string[]
}

const headersOf = (text: string): (readonly [string, string])[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)] as const
    })

/** Reads what a switch has sent, in `plain` format, as it stands on the wire. */
export const readWire = (bytes: Buffer): Wire => {
  const wire: Wire = { events: [], replies: [], types: [] }
  const legs = new Map<string, string>()
  createFrameDecoder({
    event(text) {
      const blank = text.indexOf('\n\n')
      const headers = headersOf(text.slice(0, blank))
      const get = (name: string): string | undefined => headers.find(([one]) => one === name)?.[1]
      const uuid = get('Unique-ID')
      if (uuid !== undefined && !legs.has(uuid)) legs.set(uuid, String.fromCharCode(65 + legs.size))
      const leg = uuid === undefined ? '-' : (legs.get(uuid) ?? '-')
      wire.events.push({ name: get('Event-Name') ?? '', leg, headers, body: text.slice(blank + 2) })
    },
    frame(type, head, body) {
      wire.types.push(type)
      if (type === 'command/reply') wire.replies.push(/^Reply-Text: (.*)$/m.exec(head)?.[1] ?? '')
      if (type === 'api/response') wire.replies.push(body)
    },
  }).push(bytes)
  return wire
}

const FOLDER = new URL('../fixtures/captures/', import.meta.url)

/** What a real switch sent in a scenario. */
export const recording = (scenario: string, connection = 'conn-1'): Wire =>
  readWire(readFileSync(new URL(`${scenario}/${connection}.s2c.raw`, FOLDER)))

/** The bytes of a recorded connection, as text. */
export const recordedText = (scenario: string, connection: string): string =>
  readFileSync(new URL(`${scenario}/${connection}.s2c.raw`, FOLDER), 'utf8')
