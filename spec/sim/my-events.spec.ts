import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { headerDifferences, ofLeg } from './compare.ts'
import { onSwitch, openClient, type Client } from './on-switch.ts'
import { recording } from './recording.ts'

/** A call to itself, of which `run` gets a connection that controls the called leg, which is parked. */
const withMyEvents = (
  command: (uuid: string) => string,
  run: (client: Client, watcher: Client) => Promise<void>,
): Promise<void> =>
  onSwitch(async (watcher) => {
    await watcher.send(
      'bgapi originate {origination_uuid=a,origination_caller_id_number=100,origination_caller_id_name=Tester}sofia/external/park@127.0.0.5:5080 &park()',
    )
    await watcher.clock.advance(30)
    const client = await openClient(watcher.sim, watcher.clock)
    await client.send('auth ClueCon')
    expect(await client.send(command(watcher.uuid('B')))).toBe('+OK Events Enabled')
    await run(client, watcher)
  }, LIKE_RECORDED)

const bare = (uuid: string): string => `myevents ${uuid}`

describe('myevents on an inbound connection', () => {
  it('gets the events of its session, as in the recording (h3)', () =>
    withMyEvents(bare, async (client) => {
      await client.send('event plain ALL')
      await client.send('sendmsg\ncall-command: execute\nexecute-app-name: answer')
      await client.clock.advance(100)
      await client.send('linger')
      await client.send('sendmsg\ncall-command: hangup')
      await client.clock.advance(100)
      const real = recording('h3_myevents_linger_divert_inbound')
      const { events, types } = client.wire()
      expect(events.map(({ name }) => name)).toEqual(real.events.map(({ name }) => name))
      expect(headerDifferences(ofLeg(real.events, 'A'), ofLeg(events, 'A'))).toEqual([])
      expect(types.at(-1)).toBe('text/disconnect-notice')
      expect(client.text()).toMatch(/Content-Disposition: linger\n/)
      expect(client.closed()).toBe(false)
    }))

  it('keeps the format that it has, whatever it asks for', () =>
    withMyEvents(
      (uuid) => `myevents ${uuid} json`,
      async (client) => {
        await client.send('sendmsg\ncall-command: execute\nexecute-app-name: answer')
        await client.clock.advance(50)
        expect(client.text()).toMatch(/text\/event-plain/)
        expect(client.text()).not.toMatch(/text\/event-json/)
      },
    ))

  it('ends with its session', () =>
    withMyEvents(bare, async (client, watcher) => {
      await watcher.send(`api uuid_kill ${watcher.uuid('B')}`)
      await client.clock.advance(100)
      expect(client.text()).toMatch(/Content-Disposition: disconnect\nContent-Length: 67\n/)
      expect(client.closed()).toBe(true)
    }))

  it('lets a parked call go when it leaves', () =>
    withMyEvents(bare, async (client, watcher) => {
      expect(await client.send('exit')).toBe('+OK bye')
      await client.clock.advance(100)
      const names = ofLeg(watcher.wire().events, 'B').map(({ name }) => name)
      expect(names).toContain('CHANNEL_UNPARK')
      expect(names.at(-1)).toBe('CHANNEL_STATE')
      expect(watcher.sim.channels()).toBe(0)
    }))

  it('takes a session that is not there for all of them, unless it names a format', () =>
    onSwitch(
      async (client) => {
        expect(await client.send('myevents nosuch json')).toBe('-ERR invalid uuid')
        expect(await client.send('myevents nosuch')).toBe('+OK Events Enabled')
        expect(await client.send('linger')).toBe('-ERR not controlling a session')
        await client.send('bgapi originate sofia/external/park@127.0.0.5:5080 &park()')
        await client.clock.advance(50)
        const { events } = client.wire()
        expect(new Set(events.map(({ leg }) => leg))).toEqual(new Set(['A', 'B']))
        expect(events.map(({ name }) => name)).not.toContain('CHANNEL_CALLSTATE')
      },
      LIKE_RECORDED,
      '',
    ))

  it('tells of a job that it has started', () =>
    withMyEvents(bare, async (client) => {
      await client.send('event plain BACKGROUND_JOB')
      await client.send('bgapi echo a\nJob-UUID: j')
      const job = client.wire().events.at(-1)
      expect(job?.name).toBe('BACKGROUND_JOB')
      expect(job?.headers.map(([name]) => name).slice(-4)).toEqual([
        'Job-Owner-UUID',
        'Job-Command',
        'Job-Command-Arg',
        'Content-Length',
      ])
    }))
})
