import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { namesOn } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import type { WireEvent } from './recording.ts'

const header = (event: WireEvent | undefined, name: string): string | undefined =>
  event?.headers.find(([one]) => one === name)?.[1]

const legNamed = (client: Client, name: string): string =>
  client
    .wire()
    .events.find((event) => header(event, 'Channel-Name') === `loopback%2F${name}`.replace('%2F', '/'))
    ?.leg ?? ''

const uuidNamed = (client: Client, name: string): string => client.uuid(legNamed(client, name))

describe('loopback', () => {
  it('dials the dialplan: two legs without SIP, linear sound between them', () =>
    onSwitch(async (client) => {
      expect(await client.send('api originate loopback/answer/capture &park()')).toMatch(/^\+OK /)
      await client.clock.advance(100)
      const near = legNamed(client, 'answer-a')
      const far = legNamed(client, 'answer-b')
      expect(namesOn(client.wire().events, near).filter((name) => name !== 'CHANNEL_STATE')).toEqual([
        'CODEC',
        'CODEC',
        'CHANNEL_OUTGOING',
        'CHANNEL_CREATE',
        'CHANNEL_ORIGINATE',
        'CHANNEL_ANSWER',
        'CHANNEL_CALLSTATE',
        'CALL_UPDATE',
        'CHANNEL_EXECUTE',
        'CHANNEL_PARK',
      ])
      const answered = client.wire().events.filter(({ name }) => name === 'CHANNEL_ANSWER')
      expect(answered.map(({ leg }) => leg).sort()).toEqual([near, far].sort())
      expect(answered.map((event) => header(event, 'Channel-Read-Codec-Name'))).toEqual(['L16', 'L16'])
      expect(
        await client.send(`api uuid_getvar ${uuidNamed(client, 'answer-a')} other_loopback_leg_uuid`),
      ).toBe(uuidNamed(client, 'answer-b'))
    }, LIKE_RECORDED))

  it('has its uuid only when it has its codecs, where one is asked for', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=one}loopback/answer/capture &park()')
      await client.clock.advance(100)
      const renamed = client.wire().events.find(({ name }) => name === 'CHANNEL_UUID')
      const codec = client.wire().events.find(({ name }) => name === 'CODEC')
      expect(header(renamed, 'Unique-ID')).toBe('one')
      expect(header(renamed, 'Old-Unique-ID')).toBe(header(codec, 'Unique-ID'))
    }, LIKE_RECORDED))

  it('fails as its dialplan does', () =>
    onSwitch(async (client) => {
      expect(await client.send('api originate loopback/nowhere/capture &park()')).toMatch(/^\+OK|^-ERR|^$/)
      await client.clock.advance(200)
      expect(client.wire().replies.at(-1)).toBe('-ERR NO_ROUTE_DESTINATION\n')
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('ends at both ends', () =>
    onSwitch(async (client) => {
      for (const end of ['answer-a', 'answer-b']) {
        await client.send(`bgapi originate loopback/answer/capture &park()`)
        await client.clock.advance(100)
        const last = client
          .wire()
          .events.findLast(
            (event) => event.name === 'CHANNEL_ANSWER' && header(event, 'Channel-Name') === `loopback/${end}`,
          )
        await client.send(`api uuid_kill ${header(last, 'Unique-ID') ?? ''} USER_BUSY`)
        await client.clock.advance(200)
        expect(client.sim.channels()).toBe(0)
      }
      const causes = client
        .wire()
        .events.filter(({ name }) => name === 'CHANNEL_HANGUP')
        .map((event) => header(event, 'Hangup-Cause'))
      expect(causes).toEqual(Array<string>(4).fill('USER_BUSY'))
    }, LIKE_RECORDED))

  it('carries digits', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=one}loopback/answer/capture &park()')
      await client.clock.advance(100)
      await client.send('api uuid_send_dtmf one 12')
      await client.clock.advance(1000)
      const digits = client.wire().events.filter(({ name }) => name === 'DTMF')
      expect(digits.map((event) => [event.leg, header(event, 'DTMF-Digit')])).toEqual(
        ['1', '2'].map((digit) => [legNamed(client, 'answer-b'), digit]),
      )
    }, LIKE_RECORDED))

  it('is bridged to as any other leg', () =>
    onSwitch(async (client) => {
      await client.send(
        'bgapi originate {origination_uuid=one}sofia/external/answer@127.0.0.5:5090 &bridge(loopback/ringanswer/capture)',
      )
      await client.clock.advance(1500)
      expect(await client.send('api uuid_getvar one bridge_channel')).toBe('loopback/ringanswer-a')
      await client.send('api uuid_kill one')
      await client.clock.advance(200)
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('does not run an application in the place of a dialplan', () =>
    onSwitch(async (client) => {
      expect(await client.send('api originate loopback/app=park &park()')).toMatch(/^-ERR .* is not modelled/)
    }, LIKE_RECORDED))
})

describe('null', () => {
  it('answers, and is nobody', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=one}null/x &park()')
      await client.clock.advance(100)
      expect(await client.send('api uuid_getvar one state')).toBe('CS_EXECUTE')
      expect(client.sim.channels()).toBe(1)
      await client.send('api uuid_kill one')
      await client.clock.advance(100)
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))
})

describe('a gateway', () => {
  const WITH_GATEWAY = { ...LIKE_RECORDED, gateways: { trunk: { proxy: '127.0.0.5:5090' } } }

  it('is dialed by its name, and leads to its proxy', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=one}sofia/gateway/trunk/answer &park()')
      await client.clock.advance(100)
      expect(await client.send('api uuid_getvar one sip_gateway_name')).toBe('trunk')
      expect(await client.send('api uuid_getvar one channel_name')).toBe('sofia/external/answer')
      expect(await client.send('api uuid_getvar one sip_destination_url')).toBe('sip:answer@127.0.0.5:5090')
      expect(await client.send('api uuid_getvar one state')).toBe('CS_EXECUTE')
    }, WITH_GATEWAY))

  it('has a status', () =>
    onSwitch(async (client) => {
      expect(await client.send('api sofia status gateway trunk')).toContain('State   \tNOREG\nStatus  \tUP\n')
      expect(await client.send('api sofia status gateway nobody')).toBe('Invalid Gateway!\n')
      expect(await client.send('api sofia status gateway')).toMatch(
        /external::trunk\t.*\tNOREG\t[^]*1 gateway: Inbound/,
      )
    }, WITH_GATEWAY))

  it('that does not exist is an error', () =>
    onSwitch(async (client) => {
      expect(await client.send('api originate sofia/gateway/nobody/1 &park()')).toBe('-ERR INVALID_GATEWAY\n')
    }, WITH_GATEWAY))
})
