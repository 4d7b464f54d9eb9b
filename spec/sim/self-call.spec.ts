import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { headerDifferences, namesOn, ofLeg } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { recording } from './recording.ts'

const A = '82f65b4f-645f-4698-88ec-06cf815fcafe'
const ORIGINATE = `bgapi originate {origination_uuid=${A},origination_caller_id_number=100,origination_caller_id_name=Tester}sofia/external/park@127.0.0.5:5080 &park()`

const real = recording('a2_selfcall_both_legs')
// What `uuid_broadcast` adds is another way to the same playback; it is not modelled.
const without = new Set(['COMMAND', 'PRIVATE_COMMAND', 'API', 'BACKGROUND_JOB'])
const realEvents = real.events.filter(({ name }) => !without.has(name))

/** The recorded scenario: a call to itself, answered, a file played, killed. */
const play = async (client: Client): Promise<void> => {
  await client.send(ORIGINATE)
  await client.clock.advance(20)
  await client.send(`api uuid_answer ${client.uuid('B')}`)
  await client.clock.advance(100)
  await client.send(
    `sendmsg ${client.uuid('B')}\ncall-command: execute\nexecute-app-name: playback\nexecute-app-arg: test/half.wav`,
  )
  await client.clock.advance(800)
  await client.send(`api uuid_kill ${A} NORMAL_CLEARING`)
  await client.clock.advance(100)
}

describe('a call to itself', () => {
  it('has the events of the recording on each leg, in its order', () =>
    onSwitch(async (client) => {
      await play(client)
      const events = client.wire().events.filter(({ name }) => !without.has(name))
      expect(namesOn(events, 'A')).toEqual(namesOn(realEvents, 'A'))
      expect(namesOn(events, 'B')).toEqual(namesOn(realEvents, 'B'))
      expect(events.map(({ name, leg }) => `${leg} ${name}`)).toEqual(
        realEvents.map(({ name, leg }) => `${leg} ${name}`),
      )
    }, LIKE_RECORDED))

  it('has the headers of the recording on every event, in its order', () =>
    onSwitch(async (client) => {
      await play(client)
      const events = client.wire().events.filter(({ name }) => !without.has(name))
      for (const leg of ['A', 'B'])
        expect(headerDifferences(ofLeg(realEvents, leg), ofLeg(events, leg))).toEqual([])
    }, LIKE_RECORDED))

  it('has the values of the recording wherever they depend on no clock, uuid, port or address of audio', () =>
    onSwitch(async (client) => {
      await play(client)
      const events = client.wire().events.filter(({ name }) => !without.has(name))
      const changing =
        /uuid|UUID|Unique-ID|Time|Date|Sequence|FreeSWITCH-|_tag|_via|call_id|cseq|media_port|sdp|ssrc|stamp|epoch|sec$|duration|rtp_audio|session_id|sip_full_|playback_last|playback_samples|playback_ms/
      const stable = (event: (typeof events)[number]): string[] =>
        event.headers.filter(([name]) => !changing.test(name)).map(([name, value]) => `${name}: ${value}`)
      for (const [i, event] of realEvents.entries())
        expect(events[i] && stable(events[i])).toEqual(stable(event))
    }, LIKE_RECORDED))

  it('ends the job with the uuid of the call, which is in the reply first', () =>
    onSwitch(async (client) => {
      await play(client)
      const { replies, events } = client.wire()
      const job = events.find(({ name }) => name === 'BACKGROUND_JOB')
      expect(job?.body).toBe(`+OK ${A}\n`)
      const uuid = job?.headers.find(([name]) => name === 'Job-UUID')?.[1] ?? ''
      expect(replies[2]).toBe(`+OK Job-UUID: ${uuid}`)
    }, LIKE_RECORDED))

  it('leaves no channel, and is the same byte for byte from the same seed', async () => {
    const texts: string[] = []
    for (let i = 0; i < 2; i++)
      await onSwitch(async (client) => {
        await play(client)
        expect(client.sim.channels()).toBe(0)
        texts.push(client.text())
      }, LIKE_RECORDED)
    expect(texts[0]).toBe(texts[1])
    expect(texts[0]?.length).toBeGreaterThan(100_000)
  })
})
