import type { Clock } from '../../lib/clock.ts'
import type { Connect, Transport, TransportHandlers } from '../../lib/link/transport.ts'

/** A frame that the switch sent, whole. */
export interface WireFrame {
  /** The name of the event in it; undefined for replies and the like. */
  readonly event: string | undefined
  /** The uuid of the event's channel. */
  readonly uuid: string | undefined
  /** All of it, one character a byte. */
  readonly text: string
}

/** What becomes of a frame: it comes, it is lost, or it comes so many ms later. */
export type Fate = 'comes' | 'lost' | number

const headerIn = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1]

/** Cuts bytes into frames. */
const framesOf = (): ((bytes: string) => WireFrame[]) => {
  let rest = ''
  return (bytes) => {
    rest += bytes
    const frames: WireFrame[] = []
    for (;;) {
      const end = rest.indexOf('\n\n')
      if (end < 0) return frames
      const head = rest.slice(0, end)
      const length = end + 2 + Number(headerIn(head, 'Content-Length') ?? 0)
      if (rest.length < length) return frames
      const text = rest.slice(0, length)
      rest = rest.slice(length)
      const isEvent = head.includes('Content-Type: text/event-plain')
      frames.push({
        event: isEvent ? headerIn(text, 'Event-Name') : undefined,
        uuid: isEvent ? headerIn(text, 'Unique-ID') : undefined,
        text,
      })
    }
  }
}

/** What a lossy connection leads to. */
interface There {
  readonly clock: Clock
  readonly connect: Connect
}

/** A target that leads to a switch over a line on which frames of the switch are lost, or delayed, as `fate` says. */
export const lossy = (there: There, fate: (frame: WireFrame) => Fate) => ({
  host: 'lossy',
  port: 8021,
  clock: there.clock,
  connect: (handlers: TransportHandlers): Promise<Transport> => {
    const frames = framesOf()
    const arrive = (text: string): void => handlers.data(Buffer.from(text, 'latin1'))
    const take = (bytes: string): void => {
      for (const frame of frames(bytes)) {
        const what = fate(frame)
        if (what === 'comes') arrive(frame.text)
        else if (what !== 'lost') there.clock.setTimeout(() => arrive(frame.text), what)
      }
    }
    return there.connect({
      data: (chunk) => take(chunk.toString('latin1')),
      text: take,
      close: (error) => handlers.close(error),
    })
  },
})

/** Loses the first event of that name, once `ready`. */
export const loseOnce = (name: string): ((frame: WireFrame) => Fate) => {
  let lost = false
  return ({ event }) => {
    if (lost || event !== name) return 'comes'
    lost = true
    return 'lost'
  }
}
