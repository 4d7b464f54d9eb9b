import { describe, expect, it } from 'vitest'
import { createEvent } from '../../lib/esl/event.ts'
import { createFrameDecoder } from '../../lib/esl/frames.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { readFileSync } from 'node:fs'

const call = async (client: Client, vars = ''): Promise<void> => {
  await client.send(`bgapi originate {origination_uuid=a${vars}}sofia/external/park@127.0.0.1:5080 &park()`)
  await client.clock.advance(30)
}

const namesSeen = (client: Client): Set<string> => new Set(client.wire().events.map(({ name }) => name))

describe('event subscriptions', () => {
  it('answer as in the recording (g3)', () =>
    onSwitch(
      async (client) => {
        const text = readFileSync(
          new URL('../fixtures/captures/g3_event_subscription_replies/conn-1.c2s.raw', import.meta.url),
          'utf8',
        )
        const real = readFileSync(
          new URL('../fixtures/captures/g3_event_subscription_replies/conn-1.s2c.raw', import.meta.url),
          'utf8',
        )
        const commands = text
          .split('\n\n')
          .filter((command) => /^events? |^event$|^EVENT |^noevents/.test(command))
        const replies = [...real.matchAll(/^Reply-Text: (.*)$/gm)].map(([, reply]) => reply).slice(1)
        const ours: string[] = []
        for (const command of commands) ours.push(await client.send(command))
        expect(ours).toEqual(replies.slice(0, commands.length))
      },
      {},
      '',
    ))

  it('only what was asked for comes, and nixevent takes it back', () =>
    onSwitch(
      async (client) => {
        await call(client)
        expect(namesSeen(client)).toEqual(new Set(['CHANNEL_CREATE', 'CHANNEL_PARK']))
        expect(await client.send('nixevent CHANNEL_PARK CHANNEL_CREATE')).toBe('+OK events nixed')
        const before = client.wire().events.length
        await client.send('api uuid_kill a')
        await client.clock.advance(100)
        expect(client.wire().events).toHaveLength(before)
      },
      {},
      'CHANNEL_CREATE CHANNEL_PARK',
    ))

  it('nixevent after ALL leaves the others', () =>
    onSwitch(async (client) => {
      await client.send('nixevent CHANNEL_STATE')
      await call(client)
      expect(namesSeen(client).has('CHANNEL_STATE')).toBe(false)
      expect(namesSeen(client).has('CHANNEL_PARK')).toBe(true)
    }))

  it('two connections get their own', () =>
    onSwitch(async (client) => {
      await client.send('noevents')
      await call(client)
      expect(client.wire().events).toEqual([])
    }))

  it('filters are ORed, an event without the header is dropped, patterns work', () =>
    onSwitch(async (client) => {
      expect(await client.send('filter Event-Name CHANNEL_PARK')).toBe(
        '+OK filter added. [Event-Name]=[CHANNEL_PARK]',
      )
      await client.send('filter Event-Name /^CHANNEL_CR/')
      await call(client)
      expect(namesSeen(client)).toEqual(new Set(['CHANNEL_CREATE', 'CHANNEL_PARK']))
      expect(await client.send('filter delete NoSuch')).toBe('+OK filter deleted. [NoSuch][]')
      expect(await client.send('filter Unique-ID')).toBe('-ERR invalid syntax')
      expect(await client.send('filter delete all')).toBe('+OK filter deleted. [all][]')
      await client.send('api uuid_kill a')
      await client.clock.advance(100)
      expect(namesSeen(client).has('API')).toBe(true)
    }))

  it('a negative filter has the last word', () =>
    onSwitch(async (client) => {
      await client.send('filter Event-Name /CHANNEL_/')
      await client.send('filter Event-Name -CHANNEL_STATE')
      await call(client)
      expect(namesSeen(client).has('CHANNEL_STATE')).toBe(false)
      expect(namesSeen(client).has('CHANNEL_PARK')).toBe(true)
    }))

  it.each(['plain', 'json', 'xml'])('in %s an event reads the same', (format) =>
    onSwitch(
      async (client) => {
        await client.send(`event ${format} CHANNEL_CREATE BACKGROUND_JOB`)
        await call(client, ",my_var='a%20b % c',other=hällo")
        await client.send('bgapi echo {"a": 1} <b> &')
        const events: Record<string, unknown>[] = []
        createFrameDecoder({
          event: (text, as) => void events.push(createEvent(text, as).toJSON()),
          frame: () => undefined,
        }).push(Buffer.from(client.text(), 'utf8'))
        const created = events.find((event) => event['Call-Direction'] === 'outbound')
        const job = events.at(-1)
        // Plain and XML cannot tell `a%20b` from `a b`: FreeSWITCH does not encode what looks encoded.
        expect(created?.['variable_my_var']).toBe(format === 'json' ? 'a%20b % c' : 'a b % c')
        expect(created?.['variable_other']).toBe('hällo')
        expect(job?.['_body']).toBe('{"a": 1} <b> &')
      },
      {},
      '',
    ),
  )

  it('HEARTBEAT comes every 20 seconds, and keeps the clock from nothing', () =>
    onSwitch(
      async (client) => {
        await client.clock.advance(60_500)
        const beats = client.wire().events
        expect(beats).toHaveLength(3)
        expect(beats[0]?.headers.slice(13).map(([name]) => name)).toEqual([
          'Event-Info',
          'Up-Time',
          'FreeSWITCH-Version',
          'Uptime-msec',
          'Session-Count',
          'Max-Sessions',
          'Session-Per-Sec',
          'Session-Per-Sec-Last',
          'Session-Per-Sec-Max',
          'Session-Per-Sec-FiveMin',
          'Session-Since-Startup',
          'Session-Peak-Max',
          'Session-Peak-FiveMin',
          'Idle-CPU',
        ])
        await client.clock.run()
      },
      {},
      'HEARTBEAT',
    ))
})
