import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createEvent } from '../../lib/esl/event.ts'
import { CAPTURES, cut, decode, decodeByteByByte, FIXTURES, haveCaptures, recordingsIn } from './support.ts'
import type { Frame, Recording } from './support.ts'

/** The bytes that a frame was made of. */
const bytesOfFrame = ({ format, head, text }: Frame): string =>
  (format ? `Content-Length: ${text.length}\nContent-Type: text/event-${format}` : head) + '\n\n' + text

/** How an `events.tsv` calls a frame. */
const rowOf = ({ format, type, text }: Frame): string => {
  // What follows a reply that the switch itself cut short (a Job-UUID of 236 characters, f1) has no type.
  if (!format) return `\t[${type === '' ? 'None' : type}]`
  const event = createEvent(text, format)
  const isCustom = event.get('Event-Name') === 'CUSTOM' && event.name.includes('::')
  return `${event.get('Event-Sequence')}\t${isCustom ? 'CUSTOM/' : ''}${event.name}`
}

/** Compares without building a report of megabytes where it fails. */
const expectSameFrames = (got: readonly Frame[], want: readonly Frame[]): void => {
  expect(got.length).toBe(want.length)
  const different = want.findIndex((frame, at) => {
    const other = got[at]
    return other?.text !== frame.text || other.head !== frame.head || other.type !== frame.type
  })
  expect(different, 'the first frame that differs').toBe(-1)
}

const specsOf = (recordings: readonly Recording[], randomRuns: number): void => {
  it('every byte belongs to a frame, stray newlines apart', () => {
    for (const { name, bytes } of recordings) {
      const all = bytes.toString('latin1')
      let at = 0
      for (const frame of decode([bytes])) {
        const made = bytesOfFrame(frame)
        while (all[at] === '\n') at++
        expect(all.startsWith(made, at), `${name} from byte ${at}`).toBe(true)
        at += made.length
      }
      expect(all.slice(at).trim(), `what is left of ${name}`).toBe('')
    }
  })

  it('byte by byte gives the same frames', () => {
    for (const { bytes } of recordings) expectSameFrames(decodeByteByByte(bytes), decode([bytes]))
  })

  it('random chunks give the same frames', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 70_000 })), {
      minLength: 1,
      maxLength: 20,
    })
    for (const { bytes } of recordings) {
      const whole = decode([bytes])
      const same = fc.property(sizes, (sizes) => expectSameFrames(decode(cut(bytes, sizes)), whole))
      fc.assert(same, { numRuns: randomRuns })
    }
  })

  it('names, counts and Event-Sequence agree with the events.tsv beside it', () => {
    for (const { name, bytes, rows } of recordings) {
      const want = rows.map(({ sequence, event }) => `${sequence}\t${event}`)
      expect(decode([bytes]).map(rowOf), name).toEqual(want)
    }
  })
}

describe('recordings of a real switch', () => {
  const recordings = recordingsIn(FIXTURES)

  it('there are some of each format', () => {
    const formats = new Set(recordings.flatMap(({ bytes }) => decode([bytes]).map(({ format }) => format)))
    expect(formats).toEqual(new Set(['plain', 'json', 'xml', undefined]))
  })

  specsOf(recordings, 10)
})

const all = `all recordings in ${CAPTURES}`

describe.skipIf(!haveCaptures)(
  haveCaptures ? all : `SKIPPED, no such folder (SWITCHIX_CAPTURES): ${all}`,
  () => {
    specsOf(haveCaptures ? recordingsIn(CAPTURES) : [], 2)
  },
)
