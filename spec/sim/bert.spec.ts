import { describe, expect, it } from 'vitest'
import { onSwitch, type Client } from './on-switch.ts'
import type { WireEvent } from './recording.ts'

const A = '0b7a4a3e-5f0f-4b62-9d0e-3f0b4f1f7c11'

const run = (uuid: string, name: string, arg = ''): string =>
  `sendmsg ${uuid}\ncall-command: execute\nexecute-app-name: ${name}${arg === '' ? '' : `\nexecute-app-arg: ${arg}`}`

const header = (event: WireEvent, name: string): string =>
  event.headers.find(([one]) => one === name)?.[1] ?? ''

/** An answered call of the switch to itself; gives the uuid of the called leg. */
const call = async (client: Client, vars = ''): Promise<string> => {
  await client.send(
    `bgapi originate {origination_uuid=${A}${vars}}sofia/external/park@127.0.0.1:5080 &park()`,
  )
  const b = client.uuid('B')
  await client.send(run(b, 'answer'))
  await client.clock.advance(100)
  return b
}

const testOf = (event: WireEvent): string => header(event, 'Event-Subclass').replace('mod_bert%3A%3A', '')

/** What the tests have told since leg A began: leg, event and, for a lost sync, its statistics. */
const told = (client: Client): string[] => {
  const { events } = client.wire()
  const stamp = (event: WireEvent): number => Number(header(event, 'Event-Date-Timestamp')) / 1000
  const start = events.find(
    (event) => event.name === 'CHANNEL_EXECUTE' && header(event, 'Application') === 'bert_test',
  )
  return events
    .filter((event) => header(event, 'Event-Subclass').startsWith('mod_bert'))
    .map((event) => {
      const statistics = ['sync_lost_percent', 'sync_lost_count', 'cng_count', 'err_samples']
        .map((name) => header(event, name))
        .filter((value) => value !== '')
      const ms = Math.round(stamp(event) - (start ? stamp(start) : 0))
      return [event.leg, testOf(event), ms, ...statistics].join(' ')
    })
}

describe('bert_test', () => {
  it('is in sync after a window and a frame, on both legs, and stays so; a break does not end it', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      client.write(`${run(A, 'bert_test')}\n\n${run(b, 'bert_test')}\n\n`)
      await client.clock.advance(3000)
      await client.send(`api uuid_break ${A}`)
      await client.clock.advance(3000)
      expect(told(client)).toEqual(['A in_sync 1020', 'B in_sync 1020'])
      expect(await client.send(`api uuid_getvar ${A} bert_stats_sync_lost`)).toBe('false')
      await client.send(`api uuid_kill ${A}`)
      await client.clock.advance(100)
      const names = client
        .wire()
        .events.filter(({ leg }) => leg === 'A')
        .map(({ name }) => name)
      const end = names.slice(names.lastIndexOf('CHANNEL_HANGUP'), names.lastIndexOf('CHANNEL_HANGUP') + 5)
      expect(end).toEqual([
        'CHANNEL_HANGUP',
        'CHANNEL_EXECUTE_COMPLETE',
        'PRIVATE_COMMAND',
        'CHANNEL_UNPARK',
        'CHANNEL_EXECUTE_COMPLETE',
      ])
      await client.clock.run()
      expect(client.sim.channels()).toBe(0)
    }))

  it('loses its sync when the far end falls silent, and has it again when it echoes again', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      client.write(`${run(A, 'bert_test')}\n\n${run(b, 'echo')}\n\n`)
      await client.clock.advance(3070)
      await client.send(`api uuid_break ${b}`)
      await client.clock.advance(3000)
      await client.send(run(b, 'echo'))
      await client.clock.advance(3000)
      expect(told(client)).toEqual([
        'A in_sync 1020',
        'A lost_sync 4020 94.000000 1 48 7520',
        'A in_sync 7020',
      ])
      expect(await client.send(`api uuid_getvar ${A} bert_stats_sync_lost_count`)).toBe('1')
      await client.send('api hupall')
      await client.clock.run()
    }))

  it.each([
    ['another sound', (b: string) => run(b, 'playback', 'tone_stream://%(500,0,440);loops=-1')],
    ['a mute', (b: string) => `api uuid_audio ${b} start write mute 1`],
  ])('takes %s for errors, not for silence', (_, act) =>
    onSwitch(async (client) => {
      const b = await call(client)
      client.write(`${run(A, 'bert_test')}\n\n${run(b, 'echo')}\n\n`)
      await client.clock.advance(3020)
      await client.send(act(b))
      await client.clock.advance(2000)
      expect(told(client)[1]).toMatch(/^A lost_sync 4020 (100|9[68])\.000000 1 0 \d+$/)
      await client.send('api hupall')
      await client.clock.run()
    }),
  )

  it('tells once that it was not in sync in time, and hangs up for an error where it shall', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await client.send(`api uuid_setvar ${A} bert_timeout_ms 3000`)
      await client.send(run(A, 'bert_test'))
      await client.clock.advance(5000)
      expect(told(client)).toEqual(['A timeout 3000'])
      await client.send(`api uuid_setvar ${b} bert_timeout_ms 2000`)
      await client.send(`api uuid_setvar ${b} bert_hangup_on_error yes`)
      await client.send(`api uuid_audio ${A} start write mute 1`)
      await client.send(run(b, 'bert_test'))
      await client.clock.advance(3000)
      expect(told(client).at(-1)).toMatch(/^B timeout/)
      const hangup = client.wire().events.find(({ name, leg }) => name === 'CHANNEL_HANGUP' && leg === 'B')
      expect(hangup && header(hangup, 'Hangup-Cause')).toBe('MEDIA_TIMEOUT')
      await client.clock.run()
      expect(client.sim.channels()).toBe(0)
    }))

  it('has the headers of the channel on its events, without its variables, and the statistics behind them', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      client.write(`${run(A, 'bert_test')}\n\n${run(b, 'echo')}\n\n`)
      await client.clock.advance(2000)
      await client.send(`api uuid_break ${b}`)
      await client.clock.advance(2000)
      for (const event of client.wire().events.filter((each) => testOf(each).endsWith('sync'))) {
        const names = event.headers.map(([name]) => name)
        expect(names.slice(0, 2)).toEqual(['Event-Subclass', 'Event-Name'])
        expect(header(event, 'Event-Calling-File')).toBe('mod_bert.c')
        expect(names.filter((name) => name.startsWith('variable_'))).toEqual([])
        // As many as on the real one.
        const [last, count] =
          testOf(event) === 'lost_sync' ? ['err_samples', 62] : ['Caller-Privacy-Hide-Number', 58]
        expect([names.at(-1), names.length]).toEqual([last, count])
      }
      await client.send('api hupall')
      await client.clock.run()
    }))

  it('does not begin with a timer that is not there; a window that is no whole number of frames never ends', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await client.send(`api uuid_setvar ${A} bert_timer_name nosuch`)
      await client.send(`api uuid_setvar ${b} bert_window_ms 1010`)
      await client.send(run(A, 'bert_test'))
      await client.clock.advance(100)
      expect(await client.send(`api uuid_getvar ${A} bert_stats_sync_lost`)).toBe('_undef_')
      await client.send(run(A, 'echo'))
      await client.send(run(b, 'bert_test'))
      await client.clock.advance(11_000)
      expect(told(client).map((line) => line.split(' ')[1])).toEqual(['timeout'])
      await client.send('api hupall')
      await client.clock.run()
    }))
})
