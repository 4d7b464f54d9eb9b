import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch, type Client } from './on-switch.ts'
import type { WireEvent } from './recording.ts'

const X = (user: string): string => `sofia/external/${user}@127.0.0.5:5090`

const app = (uuid: string, name: string, arg: string): string =>
  `sendmsg ${uuid}\ncall-command: execute\nexecute-app-name: ${name}\nexecute-app-arg: ${arg}`

const header = (event: WireEvent | undefined, name: string): string | undefined =>
  event?.headers.find(([one]) => one === name)?.[1]

/** Why each leg to a number hung up. */
const causesOf = (client: Client, number: string): (string | undefined)[] =>
  client
    .wire()
    .events.filter(
      (event) =>
        event.name === 'CHANNEL_HANGUP' &&
        header(event, 'Call-Direction') === 'outbound' &&
        header(event, 'Channel-Name')?.includes(`/${number}%40`),
    )
    .map((event) => header(event, 'Hangup-Cause'))

const jobs = (client: Client): string[] =>
  client
    .wire()
    .events.filter(({ name }) => name === 'BACKGROUND_JOB')
    .map(({ body }) => body)

describe('legs that are dialed at once', () => {
  it('the first to answer is taken, the others lose the race', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate ${X('ring')},${X('ringanswer')} &park()`)
      await client.clock.advance(1200)
      expect(jobs(client)[0]).toMatch(/^\+OK /)
      expect(causesOf(client, 'ring')).toEqual(['LOSE_RACE'])
      expect(causesOf(client, 'ringanswer')).toEqual([])
    }, LIKE_RECORDED))

  it('when all fail, the first of them says why', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate ${X('busy')},${X('sip_404')} &park()`)
      await client.clock.advance(200)
      expect(jobs(client)).toEqual(['-ERR USER_BUSY\n'])
      expect(causesOf(client, 'sip_404')).toEqual(['UNALLOCATED_NUMBER'])
    }, LIKE_RECORDED))

  it('ring no longer than they may, all of them', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate {originate_timeout=1}${X('ring')},${X('ring')} &park()`)
      await client.clock.advance(1200)
      expect(jobs(client)).toEqual(['-ERR NO_ANSWER\n'])
      expect(causesOf(client, 'ring')).toEqual(['NO_ANSWER', 'NO_ANSWER'])
      expect(await client.send('api show channels count')).toBe('\n0 total.\n')
    }, LIKE_RECORDED))

  it('have variables of their own in brackets, which may hold commas', () =>
    onSwitch(async (client) => {
      const a = '[origination_uuid=a,leg_timeout=1]'
      await client.send(`bgapi originate {who=all}${a}${X('ring')},[origination_uuid=b]${X('ring')} &park()`)
      await client.clock.advance(50)
      expect(await client.send('api uuid_getvar a who')).toBe('all')
      expect(await client.send('api uuid_getvar b leg_timeout')).toBe('_undef_')
      await client.clock.advance(2000)
      expect(causesOf(client, 'ring')).toEqual(['ALLOTTED_TIMEOUT'])
    }, LIKE_RECORDED))

  it('are bridged like one, and what became of each is known', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate sofia/external/park@127.0.0.5:5080 &park()`)
      const a = client.uuid('B')
      await client.send(app(a, 'bridge', `${X('ring')},${X('ringanswer')}`))
      await client.clock.advance(1200)
      expect(causesOf(client, 'ring')).toEqual(['LOSE_RACE'])
      const won = await client.send(`api uuid_getvar ${a} bridge_uuid`)
      expect(await client.send(`api uuid_getvar ${won} destination_number`)).not.toBe(
        '-ERR No such channel!\n',
      )
      expect(await client.send(`api uuid_getvar ${a} originate_causes`)).toMatch(
        /^ARRAY::[^;]+;LOSE_RACE\|:[^;]+;NONE$/,
      )
    }, LIKE_RECORDED))

  it('are all cancelled when their caller goes', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate sofia/external/park@127.0.0.5:5080 &park()`)
      const a = client.uuid('B')
      await client.send(app(a, 'bridge', `${X('ring')},${X('ring')}`))
      await client.clock.advance(200)
      await client.send(`api uuid_kill ${a}`)
      await client.clock.advance(100)
      expect(causesOf(client, 'ring')).toEqual(['ORIGINATOR_CANCEL', 'ORIGINATOR_CANCEL'])
      const end = client.wire().events.find(({ leg, name }) => leg === 'B' && name === 'CHANNEL_DESTROY')
      expect(header(end, 'variable_DIALSTATUS')).toBe('CANCEL')
    }, LIKE_RECORDED))
})

describe('legs that are dialed in turn', () => {
  it('the next one rings when the one before has failed', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate ${X('busy')}|${X('answer')} &park()`)
      await client.clock.advance(200)
      expect(jobs(client)[0]).toMatch(/^\+OK /)
      expect(causesOf(client, 'busy')).toEqual(['USER_BUSY'])
    }, LIKE_RECORDED))

  it('the last one says why none answered', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate ${X('busy')}|${X('sip_404')} &park()`)
      await client.clock.advance(200)
      expect(jobs(client)).toEqual(['-ERR UNALLOCATED_NUMBER\n'])
    }, LIKE_RECORDED))

  it('are tried as often as originate_retries says, a second apart', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate {originate_retries=2}${X('busy')} &park()`)
      await client.clock.advance(500)
      expect(causesOf(client, 'busy')).toHaveLength(1)
      await client.clock.advance(1000)
      expect(causesOf(client, 'busy')).toHaveLength(2)
      expect(jobs(client)).toEqual(['-ERR USER_BUSY\n'])
    }, LIKE_RECORDED))
})

describe('an originate', () => {
  it('to an extension sends the answered call through the dialplan', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate {origination_uuid=a}${X('answer')} park XML switchio`)
      await client.clock.advance(100)
      expect(await client.send('api uuid_getvar a transfer_source')).toMatch(/:bl_xfer:park\/switchio\/XML$/)
      const park = client.wire().events.find(({ leg, name }) => leg === 'A' && name === 'CHANNEL_PARK')
      expect(header(park, 'Caller-RDNIS')).toBe('answer')
    }, LIKE_RECORDED))

  it('returns with the ringing where return_ring_ready is set', () =>
    onSwitch(async (client) => {
      await client.send(`bgapi originate {return_ring_ready=true}${X('ringanswer')} &park()`)
      await client.clock.advance(100)
      expect(jobs(client)[0]).toMatch(/^\+OK /)
      const park = client.wire().events.find(({ leg, name }) => leg === 'A' && name === 'CHANNEL_PARK')
      expect(header(park, 'Answer-State')).toBe('ringing')
    }, LIKE_RECORDED))
})
