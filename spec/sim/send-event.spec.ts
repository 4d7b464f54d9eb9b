import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch, openClient } from './on-switch.ts'
import { readWire, recording, recordedText } from './recording.ts'
import { readFileSync } from 'node:fs'

const commandsOf = (scenario: string): string[] =>
  readFileSync(new URL(`../fixtures/captures/${scenario}/conn-1.c2s.raw`, import.meta.url), 'utf8')
    .split('\n\n')
    .filter((command) => command !== '' && !command.startsWith('auth'))

const shape = (reply: string): string => reply.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '<uuid>')

describe('sendevent', () => {
  it('answers and delivers as in the recording (h2), whatever the sender listens to', () =>
    onSwitch(
      async (client) => {
        const scenario = 'h2_nixevent_noevents'
        const commands = commandsOf(scenario)
        const real = recording(scenario)
        const ours: string[] = []
        for (const command of commands) ours.push(shape(await client.send(command)))
        expect(ours).toEqual(real.replies.slice(1).map(shape).slice(0, ours.length))
        const subclasses = (events: typeof real.events): (string | undefined)[] =>
          events.map(({ headers }) => headers[0]?.[1])
        expect(subclasses(client.wire().events)).toEqual(subclasses(real.events))
      },
      {},
      '',
    ))

  it('gives headers as they were written, encoded, in the order of the recording (l1)', () =>
    onSwitch(async (client) => {
      const real = readWire(Buffer.from(recordedText('l1_unusual_bytes_events', 'conn-1'), 'utf8'))
      const sent = [
        'sendevent CUSTOM\nEvent-Subclass: odd::percent\nX-Val: 100% a%20b %zz %',
        'sendevent CUSTOM\nEvent-Subclass: odd::leading_spaces\nX-Val:    padded   ',
        'sendevent CUSTOM\nEvent-Subclass: odd::empty\nX-Val: ',
        'sendevent MESSAGE\nfrom: a@b\nto: c@d\nContent-Length: 5\n\nhello',
      ]
      for (const command of sent) await client.send(command)
      for (const event of client.wire().events) {
        const own = event.headers.slice(
          0,
          event.headers.findIndex(([name]) => name === 'Event-UUID'),
        )
        const twin = real.events.find(({ headers }) =>
          own.every(([name, value], i) => headers[i]?.[0] === name && headers[i][1] === value),
        )
        expect(twin?.headers.map(([name]) => name)).toEqual(event.headers.map(([name]) => name))
        expect(twin?.body).toBe(event.body)
      }
      expect(client.wire().events).toHaveLength(sent.length)
    }))

  it('of no name that there is goes out as CUSTOM', () =>
    onSwitch(async (client) => {
      await client.send('sendevent NOSUCH\nEvent-Subclass: a::b')
      const [event] = client.wire().events
      expect(event?.name).toBe('CUSTOM')
      expect(event?.headers[0]).toEqual(['Command', 'sendevent%20NOSUCH'])
    }))

  it('to a session comes to the connection that diverts it, or from its park', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=a}sofia/external/park@127.0.0.5:5080 &park()')
      await client.clock.advance(30)
      const uuid = client.uuid('B')
      const owner = await openClient(client.sim, client.clock)
      await owner.send('auth ClueCon')
      await owner.send(`myevents ${uuid}`)
      await owner.send('divert_events on')
      await client.send(`sendevent NOTIFY\nUnique-ID: ${uuid}\nX-A: 1`)
      await client.clock.advance(50)
      const seen = owner.wire().events.at(-1)
      expect(seen?.headers.map(([name]) => name)).toEqual(['Command', 'Unique-ID', 'X-A', 'Event-UUID'])
      expect(client.wire().events.map(({ name }) => name)).not.toContain('NOTIFY')
      await owner.send('divert_events off')
      await client.send(`sendevent NOTIFY\nUnique-ID: ${uuid}\nX-A: 2`)
      await client.clock.advance(50)
      const fired = client.wire().events.at(-1)
      expect(fired?.headers.slice(0, 5).map(([name]) => name)).toEqual([
        'Command',
        'Unique-ID',
        'X-A',
        'Event-UUID',
        'Channel-State',
      ])
      expect(fired?.headers.map(([name]) => name)).not.toContain('Event-Name')
    }, LIKE_RECORDED))
})
