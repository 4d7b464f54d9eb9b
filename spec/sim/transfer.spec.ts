import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { namesOn, ofLeg } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { recording, type WireEvent } from './recording.ts'

const A = '7b428b84-5f3b-4baf-8ec6-038f511f7e9b'

const call = async (client: Client): Promise<string> => {
  await client.send(
    `bgapi originate {origination_uuid=${A},origination_caller_id_number=100,origination_caller_id_name=Tester}sofia/external/answer@127.0.0.5:5090 &park()`,
  )
  await client.clock.advance(60)
  return client.uuid('B')
}

const header = (event: WireEvent | undefined, name: string): string | undefined =>
  event?.headers.find(([one]) => one === name)?.[1]

const app = (uuid: string, name: string, arg = ''): string =>
  `sendmsg ${uuid}\ncall-command: execute\nexecute-app-name: ${name}${arg === '' ? '' : `\nexecute-app-arg: ${arg}`}`

/** Begin and end of what runs on a leg, from its nth event on. */
const story = (client: Client, leg: string, from = 0): string[] =>
  ofLeg(client.wire().events, leg)
    .slice(from)
    .filter(({ name }) => /EXECUTE|BRIDGE|PARK|HANGUP$|PLAYBACK/.test(name))
    .map((event) => `${event.name} ${header(event, 'Application') ?? ''}`.trim())

/** Names that one has and the other has not; a name that comes twice counts twice. */
const difference = (real: WireEvent, ours: WireEvent | undefined): string[] => {
  const names = (event: WireEvent | undefined): string[] => (event?.headers ?? []).map(([name]) => name)
  const [a, b] = [names(real), names(ours)]
  return [
    ...a.filter((name) => !b.includes(name)).map((name) => `${real.name} -${name}`),
    ...b.filter((name) => !a.includes(name)).map((name) => `${real.name} +${name}`),
  ]
}

describe('transfer and hold', () => {
  it('have the events and headers of the recording (b5)', () =>
    onSwitch(async (client) => {
      await call(client)
      const steps: readonly (readonly [command: string, reply: string])[] = [
        [`uuid_hold ${A}`, '+OK Success\n'],
        [`uuid_hold off ${A}`, '+OK Success\n'],
        [`uuid_transfer ${A} park XML switchio`, '+OK\n'],
        [`uuid_transfer ${A} hup_USER_BUSY XML capture`, '+OK\n'],
      ]
      for (const [command, reply] of steps) {
        expect(await client.send(`api ${command}`)).toBe(reply)
        await client.clock.advance(400)
      }
      const real = recording('b5_transfer_hold_park').events
      const { events } = client.wire()
      for (const leg of ['A', 'B']) {
        expect(namesOn(events, leg)).toEqual(namesOn(real, leg))
        const ours = ofLeg(events, leg)
        const answers = (event: WireEvent): boolean => header(event, 'Application') === 'answer'
        expect(
          ofLeg(real, leg).flatMap((event, i) => (answers(event) ? [] : difference(event, ours[i]))),
        ).toEqual([])
      }
      const values = (all: readonly WireEvent[]): unknown[] =>
        ofLeg(all, 'A').map((event) =>
          [
            'Channel-State-Number',
            'Channel-Call-State',
            'Caller-Logical-Direction',
            'Caller-Destination-Number',
            'Caller-RDNIS',
            'Caller-Context',
            'Caller-Dialplan',
            'Caller-Profile-Index',
            'variable_max_forwards',
            'variable_DP_MATCH',
          ].map((name) => header(event, name)),
        )
      expect(values(events)).toEqual(values(real))
    }, LIKE_RECORDED))

  it('say what they cannot do', () =>
    onSwitch(async (client) => {
      const replies: Record<string, string | RegExp> = {
        'uuid_transfer nosuch park': '-ERR No such channel!\n',
        [`uuid_transfer ${A}`]: '-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n',
        'uuid_hold nosuch': '+OK Success\n',
        uuid_hold: /^-USAGE/,
        [`uuid_hold off ${A}`]: '-ERR Operation failed\n',
      }
      await call(client)
      for (const [command, reply] of Object.entries(replies))
        expect(await client.send(`api ${command}`)).toMatch(reply)
    }, LIKE_RECORDED))

  it('the application ends what runs, a playback too', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await client.send(app(b, 'playback', 'test/long.wav'))
      await client.clock.advance(200)
      const from = ofLeg(client.wire().events, 'B').length
      await client.send(`api uuid_transfer ${b} echo`)
      await client.clock.advance(200)
      expect(story(client, 'B', from)).toEqual([
        'PLAYBACK_STOP',
        'CHANNEL_EXECUTE_COMPLETE playback',
        'CHANNEL_UNPARK',
        'CHANNEL_EXECUTE_COMPLETE park',
        'CHANNEL_EXECUTE answer',
        'CHANNEL_EXECUTE_COMPLETE answer',
        'CHANNEL_EXECUTE echo',
      ])
      const then = ofLeg(client.wire().events, 'B').length
      await client.send(app(b, 'transfer', 'hbusy XML capture'))
      await client.clock.advance(200)
      expect(story(client, 'B', then)).toEqual([
        'CHANNEL_EXECUTE transfer',
        'CHANNEL_EXECUTE_COMPLETE transfer',
        'CHANNEL_EXECUTE_COMPLETE echo',
        'CHANNEL_EXECUTE hangup',
        'CHANNEL_HANGUP',
        'CHANNEL_EXECUTE_COMPLETE hangup',
      ])
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('takes one leg, or both, out of a bridge', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      const bridge = async (): Promise<string> => {
        await client.send(app(b, 'bridge', 'sofia/external/answer@127.0.0.5:5090'))
        await client.clock.advance(200)
        return (await client.send(`api uuid_getvar ${b} bridge_to`)).trim()
      }
      const c = await bridge()
      await client.send(`api uuid_transfer ${b} -bleg park XML capture`)
      await client.clock.advance(200)
      expect(story(client, 'C').at(-1)).toBe('CHANNEL_PARK')
      expect(story(client, 'B').slice(-2)).toEqual(['CHANNEL_UNBRIDGE', 'CHANNEL_EXECUTE_COMPLETE bridge'])
      await client.send(`api uuid_kill ${c}`)
      await client.clock.advance(100)
      expect(client.sim.channels()).toBe(2)
      await bridge()
      await client.send(`api uuid_transfer ${b} -both park inline`)
      await client.clock.advance(200)
      expect(story(client, 'E').at(-1)).toBe('CHANNEL_PARK')
      expect(story(client, 'B').at(-1)).toBe('CHANNEL_PARK')
      expect(client.sim.channels()).toBe(4)
      await client.send('api hupall')
      await client.clock.run()
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))
})

describe('uuid_broadcast', () => {
  it('runs an application or plays a file, and is told of with COMMAND when that is over', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      const from = ofLeg(client.wire().events, 'B').length
      expect(await client.send(`api uuid_broadcast ${b} playback::test/half.wav`)).toBe('+OK Message sent\n')
      expect(await client.send(`api uuid_broadcast ${b} tone_stream://%(200,0,500) aleg`)).toBe(
        '+OK Message sent\n',
      )
      await client.clock.advance(2000)
      const file = [
        'CHANNEL_EXECUTE',
        'PLAYBACK_START',
        'PLAYBACK_STOP',
        'CHANNEL_EXECUTE_COMPLETE',
        'COMMAND',
      ]
      expect(namesOn(client.wire().events, 'B').slice(from)).toEqual([...file, ...file])
      const command = ofLeg(client.wire().events, 'B').at(-1)
      const real = ofLeg(recording('a2_selfcall_both_legs').events, 'B').find(
        ({ name }) => name === 'COMMAND',
      )
      expect(command?.headers.map(([name]) => name)).toEqual(real?.headers.map(([name]) => name))
    }, LIKE_RECORDED))

  it('hangs up behind it, can be scheduled, and says what it cannot do', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      expect(await client.send('api uuid_broadcast nosuch x')).toBe('-ERR invalid uuid\n')
      expect(await client.send(`api uuid_broadcast ${b}`)).toMatch(/^-USAGE/)
      expect(await client.send(`api uuid_broadcast ${b} speak::x`)).toMatch(/^-ERR .* is not modelled/)
      expect(await client.send(`api uuid_broadcast ${b} x holdb`)).toMatch(/^-ERR .* is not modelled/)
      expect(await client.send(`api sched_broadcast +1 ${b} playback!user_busy::test/half.wav`)).toBe(
        '+OK Message scheduled\n',
      )
      await client.clock.advance(4000)
      const hangup = client.wire().events.find(({ name }) => name === 'CHANNEL_HANGUP')
      expect(header(hangup, 'Hangup-Cause')).toBe('USER_BUSY')
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))
})

describe('uuid_audio', () => {
  it('mutes, and answers as the real one', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=a}sofia/external/tone@127.0.0.5:5090 &park()')
      await client.clock.advance(60)
      const b = client.uuid('B')
      const replies: Record<string, string | RegExp> = {
        'a start': /^-USAGE: <uuid> \[start/,
        'nosuch stop': '-ERR No such channel!\n',
        'a start read shout 1': /^-USAGE/,
        'a start read level 2': '+OK\n',
        'a stop': '+OK\n',
        [`${b} start write mute 1`]: '+OK\n',
      }
      for (const [command, reply] of Object.entries(replies))
        expect(await client.send(`api uuid_audio ${command}`)).toMatch(reply)
      await client.send('api uuid_record a start /tmp/a.wav')
      await client.clock.advance(500)
      await client.send('api uuid_kill a')
      await client.clock.advance(100)
      const stop = client.wire().events.find(({ name }) => name === 'RECORD_STOP')
      expect(header(stop, 'Record-Completion-Cause')).toBe('no-input-timeout')
    }, LIKE_RECORDED))
})
