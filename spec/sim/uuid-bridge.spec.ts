import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { namesOn } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import type { WireEvent } from './recording.ts'

const header = (event: WireEvent | undefined, name: string): string | undefined =>
  event?.headers.find(([one]) => one === name)?.[1]

const legOf = (client: Client, uuid: string): string =>
  client.wire().events.find((event) => header(event, 'Unique-ID') === uuid)?.leg ?? ''

/** What a channel told since the events were counted. */
const since = (client: Client, uuid: string, from: number): string[] =>
  namesOn(client.wire().events.slice(from), legOf(client, uuid))

const park = async (client: Client, uuid: string, variables = ''): Promise<void> => {
  await client.send(
    `bgapi originate {origination_uuid=${uuid},origination_caller_id_number=1${variables}}sofia/external/answer@127.0.0.5:5090 &park()`,
  )
  await client.clock.advance(100)
}

const bridged = async (client: Client, variables = ''): Promise<void> => {
  await park(client, 'one', variables)
  await park(client, 'two')
  expect(await client.send('api uuid_bridge one two')).toBe('+OK two\n')
  await client.clock.advance(200)
}

const state = (client: Client, uuid: string): Promise<string> => client.send(`api uuid_getvar ${uuid} state`)

describe('uuid_bridge', () => {
  it('bridges two parked channels', () =>
    onSwitch(async (client) => {
      await park(client, 'one')
      await park(client, 'two')
      const from = client.wire().events.length
      await client.send('api uuid_bridge one two')
      await client.clock.advance(200)
      expect(since(client, 'one', from)).toEqual([
        'CHANNEL_UNPARK',
        'CHANNEL_EXECUTE_COMPLETE',
        ...Array<string>(3).fill('CHANNEL_STATE'),
        'CHANNEL_EXECUTE',
        'CHANNEL_BRIDGE',
        'CALL_UPDATE',
      ])
      expect(since(client, 'two', from).slice(-4)).toEqual([
        'CHANNEL_EXECUTE',
        'CHANNEL_STATE',
        'CHANNEL_STATE',
        'CALL_UPDATE',
      ])
      expect(await state(client, 'one')).toBe('CS_SOFT_EXECUTE')
      expect(await state(client, 'two')).toBe('CS_EXCHANGE_MEDIA')
      expect(await client.send('api uuid_getvar two bridge_uuid')).toBe('one')
    }, LIKE_RECORDED))

  it('needs two that are there, are two, and of which one has media', () =>
    onSwitch(async (client) => {
      await park(client, 'one')
      expect(await client.send('api uuid_bridge')).toBe('-USAGE: <uuid> <other_uuid>\n')
      expect(await client.send('api uuid_bridge one')).toBe('-USAGE: <uuid> <other_uuid>\n')
      for (const other of ['nobody', 'one'])
        expect(await client.send(`api uuid_bridge one ${other}`)).toBe('-ERR Invalid uuid\n')
      const ringing = 'sofia/external/park@127.0.0.5:5080 &park()'
      await client.send(`bgapi originate ${ringing}`)
      await client.send(`bgapi originate ${ringing}`)
      await client.clock.advance(50)
      const [first, second] = ['D', 'F'].map((leg) => client.uuid(leg))
      expect(await client.send(`api uuid_bridge ${first ?? ''} ${second ?? ''}`)).toBe('-ERR Invalid uuid\n')
    }, LIKE_RECORDED))

  it('takes the third channel when the second cannot be had', () =>
    onSwitch(async (client) => {
      await park(client, 'one')
      await park(client, 'two')
      expect(await client.send('api uuid_bridge one nobody two')).toBe('+OK two\n')
    }, LIKE_RECORDED))

  it('the one that bridges goes on with its dialplan, which is over, when the other hangs up', () =>
    onSwitch(async (client) => {
      await bridged(client)
      const from = client.wire().events.length
      await client.send('api uuid_kill two')
      await client.clock.advance(200)
      expect(since(client, 'one', from).slice(0, 4)).toEqual([
        'CHANNEL_UNBRIDGE',
        'CHANNEL_STATE',
        'CHANNEL_HANGUP',
        'CHANNEL_STATE',
      ])
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('takes the other along when it hangs up itself', () =>
    onSwitch(async (client) => {
      await bridged(client)
      await client.send('api uuid_kill one USER_BUSY')
      await client.clock.advance(200)
      const ended = client.wire().events.filter(({ name }) => name === 'CHANNEL_HANGUP')
      const causes = ['one', 'two'].map((uuid) =>
        header(
          ended.find((event) => header(event, 'Unique-ID') === uuid),
          'Hangup-Cause',
        ),
      )
      expect(causes).toEqual(['USER_BUSY', 'USER_BUSY'])
    }, LIKE_RECORDED))

  it('parks, or transfers, where the variables say so', () =>
    onSwitch(async (client) => {
      await bridged(client, ',park_after_bridge=true')
      await client.send('api uuid_kill two')
      await client.clock.advance(200)
      expect(await state(client, 'one')).toBe('CS_PARK')
      await client.send('api uuid_kill one')
      await client.clock.advance(200)
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('carries on after a bridge that was split up', () =>
    onSwitch(async (client) => {
      await bridged(client)
      expect(await client.send('api uuid_transfer one -both park inline')).toBe('+OK\n')
      await client.clock.advance(100)
      for (const uuid of ['one', 'two']) expect(await state(client, uuid)).toBe('CS_EXECUTE')
      expect(await client.send('api uuid_bridge two one')).toBe('+OK one\n')
      await client.clock.advance(200)
      expect(await client.send('api uuid_dual_transfer two park/inline echo/inline')).toBe('+OK\n')
      await client.clock.advance(100)
      const last = client
        .wire()
        .events.filter(({ name }) => name === 'CHANNEL_EXECUTE')
        .slice(-2)
        .map((event) => [header(event, 'Unique-ID'), header(event, 'Application')])
      expect(last.sort()).toEqual([
        ['one', 'echo'],
        ['two', 'park'],
      ])
      expect(client.sim.channels()).toBe(4)
    }, LIKE_RECORDED))
})

describe('intercept', () => {
  it('takes a call over, and hangs up the one that had it', () =>
    onSwitch(async (client) => {
      await bridged(client)
      await client.send(
        'bgapi originate {origination_uuid=three}sofia/external/answer@127.0.0.5:5090 &intercept(two)',
      )
      await client.clock.advance(300)
      expect(await client.send('api uuid_exists one')).toBe('false')
      expect(await client.send('api uuid_getvar two bridge_uuid')).toBe('three')
      const picked = client
        .wire()
        .events.find((event) => event.name === 'CHANNEL_HANGUP' && header(event, 'Unique-ID') === 'one')
      expect(header(picked, 'Hangup-Cause')).toBe('PICKED_OFF')
    }, LIKE_RECORDED))

  it('of nobody ends, and the dialplan goes on', () =>
    onSwitch(async (client) => {
      await client.send(
        'bgapi originate {origination_uuid=three}sofia/external/answer@127.0.0.5:5090 &intercept(nobody)',
      )
      await client.clock.advance(200)
      expect(await client.send('api uuid_exists three')).toBe('false')
    }, LIKE_RECORDED))
})

describe('uuid_park', () => {
  it('parks in a state of its own, where messages are taken all the same', () =>
    onSwitch(async (client) => {
      await park(client, 'one')
      const from = client.wire().events.length
      expect(await client.send('api uuid_park one')).toBe('+OK\n')
      await client.clock.advance(50)
      expect(since(client, 'one', from)).toEqual([
        'CHANNEL_UNPARK',
        'CHANNEL_EXECUTE_COMPLETE',
        'CHANNEL_STATE',
        'CHANNEL_PARK',
      ])
      await client.send('sendmsg one\ncall-command: execute\nexecute-app-name: set\nexecute-app-arg: a=b')
      await client.clock.advance(50)
      expect(await client.send('api uuid_getvar one a')).toBe('b')
    }, LIKE_RECORDED))
})
