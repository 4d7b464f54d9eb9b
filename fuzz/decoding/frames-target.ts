import { ProtocolError } from '../../lib/errors.ts'
import { createPump } from '../../lib/link/pump.ts'
import { createRandom, type Random } from '../random.ts'
import type { FuzzTarget } from '../target.ts'
import { recordedFrames } from './material.ts'

const PIECES = [
  ...['Content-Length: ', 'Content-Type: text/event-plain\n', 'Content-Type: text/event-json\n', '\n\n'],
  ...[
    '\r\n',
    ': ',
    '%',
    '%E9',
    '\0',
    '__proto__: x\n',
    '999999999',
    '-1',
    '\n',
    'Content-Length: 5\n',
    '"',
    '[',
  ],
]

/** A reader that takes longer than this over one frame, in ms, is taken for one that would hang on a larger one. */
const SLOW_MS = 5000

const mutated = (frame: Buffer, random: Random): Buffer => {
  let bytes = Buffer.from(frame)
  for (let i = random.int(4); i > 0 && bytes.length > 0; i--) {
    const at = random.int(bytes.length)
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    const kind = random.next()
    if (kind < 0.4) bytes[at] = random.int(256)
    else if (kind < 0.6) bytes = Buffer.concat([before, Buffer.from(random.pick(PIECES), 'latin1'), after])
    else if (kind < 0.8) bytes = Buffer.concat([before, after.subarray(1 + random.int(20))])
    else if (kind < 0.9) bytes = before
    else bytes = Buffer.concat([bytes, after])
  }
  return bytes
}

/** Reads mutated frames in pieces: nothing but a ProtocolError may come of it, in no frame's time. */
export const framesTarget: FuzzTarget = {
  name: 'frames',
  about: 'mutated frames through the frame reader and all readers of events, whole and in pieces',
  count: 1_000_000,
  run({ n, seed }) {
    const random = createRandom(seed)
    const frames = recordedFrames()
    const lines: string[] = []
    let failed = 0
    const fail = (what: string): void => {
      failed++
      if (lines.length < 10) lines.push(`  ${what}`)
    }
    const open = () => {
      const state = { broken: false }
      const pump = createPump({
        event(event) {
          try {
            event.toJSON()
            const read = [event.name, event.uuid, event.time, event.getAll('Event-Name'), ...event]
            if (read.length < 4) fail('an event without its four')
          } catch (error) {
            fail(`an event could not be read: ${String(error)}`)
          }
          return undefined
        },
        frame: () => false,
        broken(error) {
          state.broken = true
          if (!(error instanceof ProtocolError)) fail(`the reader broke: ${String(error)}`)
        },
      })
      return { pump, state }
    }
    let { pump, state } = open()
    let events = 0
    for (let tried = 0; tried < n; tried++) {
      const bytes = mutated(random.pick(frames), random)
      const before = performance.now()
      for (let at = 0; at < bytes.length && !state.broken;) {
        const size = 1 + random.int(random.chance(0.1) ? 10 : 20_000)
        pump.data(Buffer.from(bytes.subarray(at, at + size)))
        at += size
      }
      if (performance.now() - before > SLOW_MS) fail(`input ${tried} took longer than ${SLOW_MS} ms`)
      if (state.broken || random.chance(0.02)) ({ pump, state } = open())
      else events++
    }
    return Promise.resolve({
      tried: n,
      failed,
      lines: [`frames: ${events} left the connection open`, ...lines],
    })
  },
}
