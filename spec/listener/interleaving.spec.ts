import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createEvent, type EslEvent } from '../../lib/esl/event.ts'
import { decode, recording } from '../esl/support.ts'
import { onScriptedSwitch } from '../service/on-scripted-switch.ts'

/** The recorded call of a switch to itself, by the uuids of its legs. */
const legs = new Map<string, { event: EslEvent; text: string }[]>()
for (const { format, text } of decode([recording('a2').bytes])) {
  if (!format) continue
  const event = createEvent(text, format)
  if (event.uuid !== undefined) legs.set(event.uuid, [...(legs.get(event.uuid) ?? []), { event, text }])
}
const uuids = [...legs.keys()]

const frame = (text: string): string =>
  `Content-Length: ${text.length}\nContent-Type: text/event-plain\n\n${text}`

/** The events of each leg in their order, the legs in any; some of them twice. */
const interleaving = fc
  .array(fc.record({ leg: fc.nat(uuids.length - 1), twice: fc.boolean() }), { maxLength: 200 })
  .map((steps) => {
    const left = uuids.map((uuid) => [...(legs.get(uuid) ?? [])])
    const frames: string[] = []
    const take = (leg: number, twice: boolean): void => {
      const next = left[leg]?.shift()
      if (next) frames.push(...Array<string>(twice ? 2 : 1).fill(frame(next.text)))
    }
    for (const { leg, twice } of steps) take(leg, twice)
    left.forEach((rest, leg) => rest.slice().forEach(() => take(leg, false)))
    return frames
  })

describe('the events of several legs', () => {
  it('give the same sessions in any order between the legs, be some of them twice; every wait settles', async () => {
    const same = fc.asyncProperty(interleaving, (frames) =>
      onScriptedSwitch(async ({ client, say, failures }) => {
        const ends: string[] = []
        const states = new Map<string, unknown>()
        const settled: string[] = []
        let flows = 0
        await client.load({
          name: 'Waiting',
          on: {
            async CHANNEL_CREATE(sess) {
              flows++
              const wait = sess.recv('DETECTED_TONE').catch((error: unknown) => settled.push(String(error)))
              for await (const { name } of sess) ends.push(`${sess.uuid} ${name}`)
              await wait
              states.set(sess.uuid, [sess.direction, sess.answered, sess.hungup, sess.cause])
            },
          },
        })
        client.onCallEnd(({ sessions }) => void ends.push(`call ${sessions.map(({ uuid }) => uuid).join()}`))
        await say(...frames)
        expect(states.size).toBe(uuids.length)
        for (const [uuid, events] of legs) {
          const last = events.findLast(({ event }) => event.has('Hangup-Cause'))?.event
          const direction = events[0]?.event.get('Call-Direction')
          const answered = events.some(({ event }) => event.name === 'CHANNEL_ANSWER')
          expect(states.get(uuid)).toEqual([direction, answered, true, last?.get('Hangup-Cause')])
          // Nothing comes after its end; before it, nothing is lost.
          const names = events.map(({ event }) => `${uuid} ${event.name}`)
          const until = names.slice(
            names.indexOf(`${uuid} CHANNEL_CREATE`),
            names.indexOf(`${uuid} CHANNEL_DESTROY`) + 1,
          )
          const got = ends.filter((each) => each.startsWith(uuid))
          expect(new Set(got)).toEqual(new Set(until))
          expect(got.length).toBeGreaterThanOrEqual(until.length)
        }
        expect(settled).toHaveLength(flows)
        expect(client.counts).toMatchObject({ sessions: uuids.length, appFailures: 0 })
        expect([client.countSessions(), client.countCalls(), failures]).toEqual([0, 0, []])
      }),
    )
    await fc.assert(same, { numRuns: 40 })
  })
})
