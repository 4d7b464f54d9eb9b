import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { headerDifferences, inPairs, namesOn, ofLeg } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { recording, type WireEvent } from './recording.ts'

const originateTo = (to: string, vars = ''): string =>
  `bgapi originate {origination_caller_id_number=100,origination_caller_id_name=Tester${vars}}sofia/external/${to} &park()`

const app = (uuid: string, name: string, arg = ''): string =>
  `sendmsg ${uuid}\ncall-command: execute\nexecute-app-name: ${name}${arg === '' ? '' : `\nexecute-app-arg: ${arg}`}`

/** `uuid_kill` and the like give no `origination_uuid` here; the recordings do. */
const OWN = /^variable_origination_uuid$/

const strip = (events: readonly WireEvent[]): WireEvent[] =>
  events.map((event) => ({ ...event, headers: event.headers.filter(([name]) => !OWN.test(name)) }))

const compare = (real: readonly WireEvent[], client: Client, legs: string): string[] =>
  Array.from(legs).flatMap((leg) => {
    const [theirs, ours] = inPairs(strip(ofLeg(real, leg)), strip(ofLeg(client.wire().events, leg)))
    expect(theirs.length).toBeGreaterThan(0)
    return headerDifferences(theirs, ours).map((difference) => `${leg} ${difference}`)
  })

const jobs = (client: Client): string[] =>
  client
    .wire()
    .events.filter(({ name }) => name === 'BACKGROUND_JOB')
    .map(({ body }) => body)

describe('calls that fail', () => {
  it('a caller that gives up before the answer cancels the far leg (a5)', () =>
    onSwitch(async (client) => {
      await client.send(originateTo('park@127.0.0.5:5080'))
      await client.clock.advance(500)
      await client.send(`api uuid_kill ${client.uuid('A')}`)
      await client.clock.advance(100)
      expect(jobs(client)).toEqual(['-ERR NORMAL_CLEARING\n'])
      expect(compare(recording('a5_caller_cancels_before_answer').events, client, 'AB')).toEqual([])
      expect(namesOn(client.wire().events, 'B').slice(-8)).toEqual([
        'CHANNEL_UNPARK',
        'CHANNEL_EXECUTE_COMPLETE',
        'CHANNEL_STATE',
        'CHANNEL_CALLSTATE',
        'CHANNEL_STATE',
        'CHANNEL_HANGUP_COMPLETE',
        'CHANNEL_DESTROY',
        'CHANNEL_STATE',
      ])
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('ringing, then a refusal; early media, then an answer (a6)', () =>
    onSwitch(async (client) => {
      await client.send(originateTo('park@127.0.0.5:5080'))
      await client.send(app(client.uuid('B'), 'ring_ready'))
      await client.clock.advance(200)
      await client.send(app(client.uuid('B'), 'respond', '486 Busy Here'))
      await client.clock.advance(400)
      await client.send(originateTo('park@127.0.0.5:5080'))
      await client.send(app(client.uuid('D'), 'pre_answer'))
      await client.clock.advance(200)
      await client.send(app(client.uuid('D'), 'answer'))
      await client.clock.advance(200)
      await client.send(`api uuid_kill ${client.uuid('D')} CALL_REJECTED`)
      await client.clock.advance(200)
      expect(jobs(client)).toEqual(['-ERR USER_BUSY\n', `+OK ${client.uuid('C')}\n`])
      expect(compare(recording('a6_reject_parked_respond_and_ring_preanswer').events, client, 'AB')).toEqual(
        [],
      )
    }, LIKE_RECORDED))

  it('nobody answers in time: NO_ANSWER here, a cancel there (e3)', () =>
    onSwitch(async (client) => {
      await client.send(originateTo('ring@127.0.0.5:5090', ',originate_timeout=1'))
      await client.clock.advance(1500)
      expect(jobs(client)).toEqual(['-ERR NO_ANSWER\n'])
      const events = client.wire().events.filter(({ name }) => name === 'CHANNEL_HANGUP')
      const causes = events.map(({ headers }) => headers.find(([name]) => name === 'Hangup-Cause')?.[1])
      expect(causes).toEqual(['NO_ANSWER', 'ORIGINATOR_CANCEL'])
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('every refusal has the cause that the recordings have (e1)', () =>
    onSwitch(
      async (client) => {
        const causes = {
          'sofia/external/busy@127.0.0.5:5090': 'USER_BUSY',
          'sofia/external/hbusy@127.0.0.5:5090': 'USER_BUSY',
          'sofia/external/nobody_here@127.0.0.5:5090': 'NO_ROUTE_DESTINATION',
          'sofia/external/sip_603@127.0.0.5:5090': 'CALL_REJECTED',
          'sofia/external/sip_480@127.0.0.5:5090': 'NO_USER_RESPONSE',
          'sofia/external/sip_503@127.0.0.5:5090': 'NORMAL_TEMPORARY_FAILURE',
          'sofia/external/sip_404@127.0.0.5:5090': 'UNALLOCATED_NUMBER',
          'sofia/external/sip_487@127.0.0.5:5090': 'ORIGINATOR_CANCEL',
          'sofia/external/sip_500@127.0.0.5:5090': 'NORMAL_TEMPORARY_FAILURE',
          'sofia/external/hup_UNALLOCATED_NUMBER@127.0.0.5:5090': 'UNALLOCATED_NUMBER',
          'sofia/nosuchprofile/x@127.0.0.5:5090': 'INVALID_PROFILE',
          'sofia/gateway/nosuchgw/100': 'INVALID_GATEWAY',
          '{originate_timeout=3}sofia/external/x@127.0.0.5:5999': 'NORMAL_TEMPORARY_FAILURE',
          'nosuchendpoint/foo': 'CHAN_NOT_IMPLEMENTED',
          'user/1000@127.0.0.5': 'SUBSCRIBER_ABSENT',
          'sofia/external': 'INVALID_URL',
          'error/user_busy': 'USER_BUSY',
        }
        for (const dialString of Object.keys(causes)) {
          await client.send(`bgapi originate ${dialString} &park()`)
          await client.clock.advance(100)
        }
        expect(jobs(client)).toEqual(Object.values(causes).map((cause) => `-ERR ${cause}\n`))
        expect(client.sim.channels()).toBe(0)
      },
      LIKE_RECORDED,
      'BACKGROUND_JOB CHANNEL_CREATE CHANNEL_HANGUP',
    ))

  it('a refusal that asks for a password is cancelled, for there is none', () =>
    onSwitch(
      async (client) => {
        // As 1.10.12 does: of its own refusals, only 401 has a cause of its own.
        for (const [status, cause] of Object.entries({ 401: 'USER_CHALLENGE', 407: 'CALL_REJECTED' })) {
          await client.send(`bgapi originate sofia/external/sip_${status}@127.0.0.5:5090 &park()`)
          await client.clock.advance(1000)
          const ends = client.wire().events.filter(({ name }) => name === 'CHANNEL_HANGUP')
          const causes = ends
            .slice(-2)
            .map(({ headers }) => headers.find(([name]) => name === 'Hangup-Cause')?.[1])
          expect(causes).toEqual([cause, 'MANDATORY_IE_MISSING'])
          expect(jobs(client).at(-1)).toBe('-ERR MANDATORY_IE_MISSING\n')
        }
        expect(client.sim.channels()).toBe(0)
      },
      LIKE_RECORDED,
      'BACKGROUND_JOB CHANNEL_HANGUP',
    ))

  it('a leg that leads nowhere has only its end, and the headers of the recording (e1)', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate sofia/external/busy@127.0.0.5:5090 &park()')
      await client.clock.advance(100)
      expect(compare(recording('e1_originate_failures_bgapi').events, client, 'AB')).toEqual([])
      await client.send('bgapi originate sofia/nosuchprofile/x@127.0.0.5:5090 &park()')
      const real = recording('e1_originate_failures_bgapi').events.filter(
        ({ name }) => name === 'CHANNEL_DESTROY',
      )
      const lonely = real.find(({ headers }) => headers.some(([, value]) => value === 'N/A'))
      const ours = client.wire().events.filter(({ leg }) => leg === 'C')
      expect(headerDifferences(lonely ? [lonely] : [], ours)).toEqual([])
      expect(ours).toHaveLength(1)
    }, LIKE_RECORDED))

  it('a uuid that is taken fails, without an event', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=dup}sofia/external/answer@127.0.0.5:5090 &park()')
      await client.clock.advance(100)
      const before = client.wire().events.length
      const reply = await client.send(
        'api originate {origination_uuid=dup}sofia/external/answer@127.0.0.5:5090 &park()',
      )
      expect(reply).toBe('-ERR DESTINATION_OUT_OF_ORDER\n')
      expect(
        client
          .wire()
          .events.slice(before)
          .map(({ name }) => name),
      ).toEqual(['API'])
    }, LIKE_RECORDED))

  it('above sps and max_sessions calls fail as the real ones do (z3)', () =>
    onSwitch(
      async (client) => {
        expect(await client.send('api fsctl sps 2')).toBe('+OK sessions per second: 2\n')
        await client.clock.advance(1100)
        for (let i = 0; i < 3; i++)
          client.write('bgapi originate sofia/external/answer@127.0.0.5:5090 &park()\n\n')
        await client.clock.advance(100)
        expect(jobs(client)).toEqual([
          '-ERR DESTINATION_OUT_OF_ORDER\n',
          '-ERR DESTINATION_OUT_OF_ORDER\n',
          '-ERR NORMAL_TEMPORARY_FAILURE\n',
        ])
        await client.send('api fsctl sps 1000')
        await client.send('api fsctl max_sessions 3')
        await client.clock.advance(1100)
        for (let i = 0; i < 2; i++) {
          await client.send('bgapi originate sofia/external/answer@127.0.0.5:5090 &park()')
          await client.clock.advance(200)
        }
        expect(jobs(client).slice(3)).toEqual([
          `+OK ${client.uuid('B')}\n`,
          '-ERR NORMAL_TEMPORARY_FAILURE\n',
        ])
      },
      LIKE_RECORDED,
      'BACKGROUND_JOB CHANNEL_CREATE',
    ))
})
