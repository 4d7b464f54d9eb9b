import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { headerDifferences, namesOn, ofLeg } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { recording, type WireEvent } from './recording.ts'

const A = 'cdf8020e-ce13-4536-bdfa-1d344dd7a8e3'
const FOLDER = '/var/fs2/recordings'

const call = async (client: Client): Promise<void> => {
  await client.send(
    `bgapi originate {origination_uuid=${A},origination_caller_id_number=100,origination_caller_id_name=Tester}sofia/external/tone@127.0.0.5:5090 &park()`,
  )
  await client.clock.advance(60)
}

const header = (event: WireEvent | undefined, name: string): string | undefined =>
  event?.headers.find(([one]) => one === name)?.[1]

const eventsOf = (client: Client, name: string): WireEvent[] =>
  client.wire().events.filter((event) => event.name === name)

describe('recordings', () => {
  it('begin, end and answer as in the recording (d1)', () =>
    onSwitch(async (client) => {
      await call(client)
      const steps: readonly (readonly [command: string, reply: string, ms: number])[] = [
        [`start ${FOLDER}/d1.wav`, '+OK Success\n', 1500],
        [`stop ${FOLDER}/d1.wav`, '+OK Success\n', 300],
        [`start ${FOLDER}/d1b.wav 1`, '+OK Success\n', 1100],
        [`stop ${FOLDER}/none.wav`, '-ERR Cannot stop record session!\n', 0],
        ['start /nonexistent/dir/x.wav', '+OK Success\n', 0],
        ['stop all', '+OK Success\n', 0],
        [`start ${FOLDER}/d1c.wav`, '+OK Success\n', 500],
      ]
      for (const [command, reply, ms] of steps) {
        expect([command, await client.send(`api uuid_record ${A} ${command}`)]).toEqual([command, reply])
        await client.clock.advance(ms)
      }
      await client.send(`api uuid_kill ${A}`)
      await client.clock.advance(100)
      const real = recording('d1_uuid_record_start_stop').events
      const { events } = client.wire()
      for (const leg of ['A', 'B']) expect(namesOn(events, leg)).toEqual(namesOn(real, leg))
      expect(headerDifferences(ofLeg(real, 'A'), ofLeg(events, 'A'))).toEqual([])
      const causes = (all: readonly WireEvent[]): (string | undefined)[] =>
        all
          .filter(({ name }) => name === 'RECORD_STOP')
          .map((event) => header(event, 'Record-Completion-Cause'))
      expect(causes(events)).toEqual(causes(real))
      const tones = (all: readonly WireEvent[]): (string | undefined)[] =>
        all
          .filter(({ name }) => name.startsWith('PLAYBACK'))
          .flatMap((event) => [
            header(event, 'Playback-File-Path'),
            header(event, 'variable_current_application_data'),
          ])
      expect(tones(events)).toEqual(tones(real))
    }, LIKE_RECORDED))

  it('count what would have been recorded', () =>
    onSwitch(async (client) => {
      await call(client)
      await client.send(`api uuid_record ${A} start /tmp/a.wav`)
      await client.clock.advance(1500)
      await client.send(`api uuid_record ${A} stop /tmp/a.wav`)
      expect(await client.send(`api uuid_getvar ${A} record_ms`)).toBe('1500')
      expect(await client.send(`api uuid_getvar ${A} record_samples`)).toBe('12000')
    }, LIKE_RECORDED))

  it('are also applications, and can be masked', () =>
    onSwitch(async (client) => {
      await call(client)
      const app = (name: string, arg: string): Promise<string> =>
        client.send(`sendmsg ${A}\ncall-command: execute\nexecute-app-name: ${name}\nexecute-app-arg: ${arg}`)
      await app('record_session', '/tmp/b.wav +60')
      await client.clock.advance(100)
      expect(eventsOf(client, 'RECORD_START')).toHaveLength(1)
      expect(await client.send(`api uuid_record ${A} start /tmp/b.wav`)).toBe('+OK Success\n')
      expect(eventsOf(client, 'RECORD_START')).toHaveLength(1)
      expect(await client.send(`api uuid_record ${A} mask /tmp/b.wav`)).toBe('+OK Success\n')
      expect(await client.send(`api uuid_record ${A} unmask /tmp/b.wav`)).toBe('+OK Success\n')
      expect(await client.send(`api uuid_record ${A} mask /tmp/c.wav`)).toBe(
        '-ERR Cannot mask recording session!\n',
      )
      await app('stop_record_session', '/tmp/b.wav')
      await client.clock.advance(100)
      expect(eventsOf(client, 'RECORD_STOP')).toHaveLength(1)
    }, LIKE_RECORDED))

  it('need media, a session and a path', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=a}sofia/external/ring@127.0.0.5:5090 &park()')
      await client.clock.advance(50)
      expect(await client.send('api uuid_record a start /tmp/a.wav')).toBe('-ERR Cannot record session!\n')
      expect(await client.send('api uuid_record b start /tmp/a.wav')).toBe('-ERR Cannot locate session!\n')
      expect(await client.send('api uuid_record a start')).toMatch(/^-USAGE: <uuid> \[start/)
      expect(await client.send('api uuid_record a dance /tmp/a.wav')).toMatch(/^-USAGE/)
      expect(await client.send('api uuid_record a pause /tmp/a.wav')).toMatch(/^-ERR .* is not modelled/)
    }, LIKE_RECORDED))
})
