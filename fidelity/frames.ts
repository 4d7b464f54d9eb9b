import { createEvent } from '../lib/esl/event.ts'
import { createFrameDecoder } from '../lib/esl/frames.ts'
import { utf8 } from '../lib/esl/percent.ts'

/** What a switch sent, decoded: an event, a reply or anything else, and when it was complete. */
export interface WireFrame {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `event`, or the Content-Type: `command/reply`, `api/response`, `log/data`, ... */
  readonly kind: string
  /** `plain`, `json` or `xml` for an event. */
  readonly format: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** A piece of a connection's bytes, and when it came. */
export interface TimedBytes {
  readonly at: number
  readonly bytes: Buffer
}

const headLines = (text: string): (readonly [string, string])[] =>
  text.split('\n').flatMap((line) => {
    const colon = line.indexOf(':')
    return colon < 0 ? [] : [[line.slice(0, colon), utf8(line.slice(colon + 1).trim())] as const]
  })

/** The first value of a header. */
export const headerOf = (frame: WireFrame, name: string): string | undefined =>
  frame.headers.find(([one]) => one === name)?.[1]

/** What an event is called: its subclass for CUSTOM. */
export const nameOf = (frame: WireFrame): string =>
  frame.kind === 'event'
    ? (headerOf(frame, 'Event-Subclass') ?? headerOf(frame, 'Event-Name') ?? '')
    : `[${frame.kind}]`

/** The data of the channel comes as the reply to `connect`, which looks like no other reply. */
export const isChannelData = (frame: WireFrame): boolean =>
  frame.kind === 'command/reply' && frame.headers.some(([name]) => name === 'Event-Name')

/** A decoder that keeps what it finds. */
export const createFrameReader = (): { push(piece: TimedBytes): void; readonly frames: WireFrame[] } => {
  const frames: WireFrame[] = []
  let at = 0
  let broken = false
  const decoder = createFrameDecoder({
    event(text, format) {
      const event = createEvent(text, format)
      frames.push({ at, kind: 'event', format, headers: [...event], body: event.body ?? '' })
    },
    frame: (kind, head, body) => {
      const headers = headLines(head)
      // A `connect` reply is an event in the clothes of a reply: its values are encoded.
      const data = headers.some(([name]) => name === 'Event-Name')
      frames.push({
        at,
        kind,
        format: '',
        headers: data ? [...createEvent(`${head}\n`, 'plain')] : headers,
        body: utf8(body),
      })
    },
  })
  return {
    frames,
    push(piece) {
      at = piece.at
      if (broken) return
      try {
        decoder.push(piece.bytes)
      } catch {
        // A real switch can lose its own framing (WIRE.md); what came before counts.
        broken = true
      }
    },
  }
}
