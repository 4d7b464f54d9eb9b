import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { headerDifferences, namesOn, ofLeg } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { recording, type WireEvent } from './recording.ts'

const A = '505f89e4-4659-434c-8bf4-e8c16600866f'
const ORIGINATE = `bgapi originate {origination_uuid=${A},origination_caller_id_number=100,origination_caller_id_name=Tester}sofia/external/park@127.0.0.5:5080 &park()`

const app = (uuid: string, name: string, arg = ''): string =>
  `sendmsg ${uuid}\ncall-command: execute\nexecute-app-name: ${name}${arg === '' ? '' : `\nexecute-app-arg: ${arg}`}`

const call = async (client: Client): Promise<string> => {
  await client.send(ORIGINATE)
  await client.send(app(client.uuid('B'), 'answer'))
  await client.clock.advance(100)
  return client.uuid('B')
}

const header = (event: WireEvent | undefined, name: string): string | undefined =>
  event?.headers.find(([one]) => one === name)?.[1]

const digitsOn = (events: readonly WireEvent[], leg: string): string[] =>
  ofLeg(events, leg)
    .filter(({ name }) => name === 'DTMF')
    .map((event) =>
      ['DTMF-Digit', 'DTMF-Duration', 'DTMF-Source'].map((name) => header(event, name)).join(' '),
    )

describe('digits', () => {
  it('are sent, received and told of as in the recording (c1)', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      expect(await client.send(`api uuid_send_dtmf ${A} 123#@200`)).toBe(`+OK ${A} sent DTMF 123#@200.\n`)
      await client.clock.advance(1900)
      await client.send(app(A, 'send_dtmf', '*9w5@100'))
      await client.clock.advance(1900)
      expect(await client.send(`api uuid_recv_dtmf ${b} 77`)).toBe(`+OK ${b} received DTMF 77.\n`)
      await client.clock.advance(500)
      expect(await client.send(`api uuid_send_dtmf ${b} 0D`)).toBe(`+OK ${b} sent DTMF 0D.\n`)
      await client.clock.advance(1000)
      await client.send(`api uuid_kill ${A}`)
      await client.clock.advance(100)
      const real = recording('c1_dtmf_rfc2833_send_recv').events
      const { events } = client.wire()
      for (const leg of ['A', 'B']) {
        expect(namesOn(events, leg)).toEqual(namesOn(real, leg))
        expect(digitsOn(events, leg)).toEqual(digitsOn(real, leg))
        // Whether the far end's ACK is there by the end of `answer` is a race.
        const settled = (all: readonly WireEvent[]): WireEvent[] =>
          ofLeg(all, leg).filter((event) => header(event, 'Application') !== 'answer')
        expect(headerDifferences(settled(real), settled(events))).toEqual([])
      }
    }, LIKE_RECORDED))

  it('that cannot be sent are refused', () =>
    onSwitch(async (client) => {
      await client.send(ORIGINATE)
      expect(await client.send(`api uuid_send_dtmf nosuch 1`)).toBe('-ERR Cannot locate session!\n')
      expect(await client.send(`api uuid_send_dtmf ${A}`)).toBe('-USAGE: <uuid> <dtmf_data>\n')
      expect(await client.send(`api uuid_send_dtmf ${A} 1`)).toBe('-ERR Operation failed\n')
      expect(await client.send(`api uuid_send_dtmf ${A} xyz`)).toBe('-ERR Operation failed\n')
    }, LIKE_RECORDED))

  it('wait while an application does not care, end a sleep, and end a playback with a terminator', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      const ended = (): string[] =>
        ofLeg(client.wire().events, 'B')
          .filter(({ name }) => name === 'CHANNEL_EXECUTE_COMPLETE')
          .map((event) => header(event, 'Application') ?? '')
      await client.send(app(b, 'sleep', '60000'))
      await client.clock.advance(100)
      await client.send(`api uuid_recv_dtmf ${b} 5`)
      await client.clock.advance(100)
      expect(ended().at(-1)).toBe('sleep')
      expect(digitsOn(client.wire().events, 'B')).toEqual(['5 2000 APP'])
      await client.send(app(b, 'playback', 'test/long.wav'))
      await client.clock.advance(100)
      await client.send(`api uuid_recv_dtmf ${b} 12`)
      await client.clock.advance(500)
      expect(ended().at(-1)).toBe('sleep')
      await client.send(`api uuid_recv_dtmf ${b} *`)
      await client.clock.advance(500)
      expect(ended().at(-1)).toBe('playback')
      expect(await client.send(`api uuid_getvar ${b} playback_terminator_used`)).toBe('*')
    }, LIKE_RECORDED))

  it('pass through a bridge', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await client.send(app(b, 'bridge', 'sofia/external/answer@127.0.0.5:5090'))
      await client.clock.advance(200)
      await client.send(`api uuid_send_dtmf ${A} 4@100`)
      await client.clock.advance(1000)
      const { events } = client.wire()
      expect(digitsOn(events, 'B')).toEqual(['4 800 RTP'])
      expect(digitsOn(events, 'D')).toEqual(['4 800 RTP'])
      await client.send('api hupall')
      await client.clock.run()
    }, LIKE_RECORDED))

  it('can be scheduled, and that taken back', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      expect(await client.send(`api sched_api +1 ${A} uuid_send_dtmf ${A} 7`)).toBe('+OK Added: 3\n')
      expect(await client.send(`api sched_api +5 ${A} uuid_send_dtmf ${A} 8`)).toBe('+OK Added: 4\n')
      expect(await client.send('api sched_api +5')).toMatch(/^-ERR Invalid syntax/)
      await client.clock.advance(3000)
      expect(digitsOn(client.wire().events, 'B')).toEqual(['7 2080 RTP'])
      expect(await client.send(`api sched_del ${A}`)).toBe('+OK Deleted: 1\n')
      await client.clock.advance(6000)
      expect(digitsOn(client.wire().events, 'B')).toHaveLength(1)
      expect(await client.send(`api sched_api @2 again uuid_recv_dtmf ${b} 1`)).toBe('+OK Added: 5\n')
      await client.clock.advance(10_000)
      expect(digitsOn(client.wire().events, 'B').length).toBeGreaterThan(3)
      await client.clock.run()
    }, LIKE_RECORDED))
})

describe('play_and_get_digits', () => {
  const collected = async (
    client: Client,
    arg: string,
    type: readonly (readonly [ms: number, digits: string])[],
    wait = 60_000,
  ): Promise<Record<string, string>> => {
    const b = await call(client)
    await client.send(app(b, 'play_and_get_digits', arg))
    await client.clock.advance(20)
    for (const [ms, digits] of type) {
      await client.clock.advance(ms)
      await client.send(`api uuid_recv_dtmf ${b} ${digits}`)
    }
    await client.clock.advance(wait)
    const values: Record<string, string> = {}
    for (const name of ['pin', 'pin_invalid', 'read_result', 'read_terminator_used'])
      values[name] = await client.send(`api uuid_getvar ${b} ${name}`)
    return values
  }

  const names = (client: Client): string[] =>
    ofLeg(client.wire().events, 'B')
      .map((event) => `${event.name} ${header(event, 'Application') ?? ''}`.trim())
      .filter((line) => /PLAYBACK|DTMF|play_and/.test(line))

  const nothing = { pin: '_undef_', pin_invalid: '_undef_', read_terminator_used: '_undef_' }

  it('stops its prompt with the first digit, and ends with the last', () =>
    onSwitch(async (client) => {
      const arg = '4 4 1 5000 # test/long.wav test/half.wav pin \\d+ 2000'
      expect(await collected(client, arg, [[500, '1'], [500, '23'], [500, '4']], 100)).toEqual({
        ...nothing,
        pin: '1234',
        read_result: 'success',
      }) // prettier-ignore
      expect(names(client)).toEqual([
        'CHANNEL_EXECUTE play_and_get_digits',
        'PLAYBACK_START',
        'DTMF',
        'PLAYBACK_STOP',
        'DTMF',
        'DTMF',
        'DTMF',
        'CHANNEL_EXECUTE_COMPLETE play_and_get_digits',
      ])
    }, LIKE_RECORDED))

  it('ends with a terminator, which is not part of the digits', () =>
    onSwitch(async (client) => {
      const values = await collected(client, '1 9 1 5000 # test/half.wav test/half.wav pin', [[100, '12#']])
      expect(values).toEqual({
        pin: '12',
        pin_invalid: '_undef_',
        read_result: 'success',
        read_terminator_used: '#',
      })
    }, LIKE_RECORDED))

  it('takes what came in time when that is enough', () =>
    onSwitch(async (client) => {
      const values = await collected(client, '1 9 1 5000 # test/half.wav test/half.wav pin \\d+ 1000', [[100, '12']])
      expect(values).toEqual({ ...nothing, pin: '12', read_result: 'timeout' })
    }, LIKE_RECORDED)) // prettier-ignore

  it('asks again, and gives up after the last try', () =>
    onSwitch(async (client) => {
      const values = await collected(client, '1 1 3 2000 # test/half.wav test/short.wav pin \\d+', [])
      expect(values).toEqual({ ...nothing, read_result: 'failure' })
      expect(names(client).filter((name) => name === 'PLAYBACK_START')).toHaveLength(6)
    }, LIKE_RECORDED))

  it('keeps apart what does not match', () =>
    onSwitch(async (client) => {
      const values = await collected(client, '1 1 1 2000 # test/half.wav test/half.wav pin ^[12]$', [[100, '9']])
      expect(values).toEqual({ ...nothing, pin_invalid: '9', read_result: 'success' })
    }, LIKE_RECORDED)) // prettier-ignore

  it('ends when the call does', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await client.send(app(b, 'play_and_get_digits', '1 1 3 2000 # test/half.wav test/half.wav pin'))
      await client.clock.advance(1000)
      await client.send(`api uuid_kill ${A}`)
      await client.clock.advance(100)
      expect(client.sim.channels()).toBe(0)
      expect(names(client).at(-1)).toBe('CHANNEL_EXECUTE_COMPLETE play_and_get_digits')
    }, LIKE_RECORDED))
})
