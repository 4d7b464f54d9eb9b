import { describe, expect, it } from 'vitest'
import { handOver, onOutbound, type OutboundClient } from './on-outbound.ts'
import type { WireEvent } from './recording.ts'

const replyOf = (text: string): string => /Reply-Text: (.*)/.exec(text)?.[1] ?? text

const replies = async (client: OutboundClient, commands: readonly string[]): Promise<string[]> => {
  const all: string[] = []
  for (const command of commands) all.push(replyOf(await client.say(command)))
  return all
}

const namesOf = (events: readonly WireEvent[]): string[] => events.map(({ name }) => name)

const EXECUTE = (app: string, arg = ''): string =>
  `sendmsg\ncall-command: execute\nexecute-app-name: ${app}${arg === '' ? '' : `\nexecute-app-arg: ${arg}`}`

describe('an outbound connection', () => {
  it('is answered with the data of the channel, encoded, and then the call parks', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async full')
      expect(client.text()).toBe('')
      expect(namesOf(stage.watcher.wire().events).filter((name) => name === 'CHANNEL_PARK')).toHaveLength(1)
      const text = await client.say('connect')
      expect(text).toMatch(/^Event-Name: CHANNEL_DATA\n/)
      expect(text).toMatch(/\nChannel-Unique-ID: a\n/)
      expect(text).toMatch(/\nvariable_socket_host: 127\.0\.0\.1\n/)
      expect(text).toMatch(/\nReply-Text: %2BOK%0A\nSocket-Mode: async\nControl: full\n\n$/)
      expect(namesOf(stage.watcher.wire().events).filter((name) => name === 'CHANNEL_PARK')).toHaveLength(2)
    }))

  it('knows every command when it is full, those of its session besides', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async full')
      await client.say('connect')
      expect(
        await replies(client, [
          'myevents',
          'myevents',
          'linger',
          'linger 5',
          'nolinger',
          'getvar my_var',
          'getvar nosuch',
          'getvar caller_id_number',
          'divert_events on',
          'divert_events',
          'resume',
          'event plain ALL',
          'sendmsg nobody',
        ]),
      ).toEqual([
        '+OK Events Enabled',
        '-ERR aready enabled.',
        '+OK will linger',
        '+OK will linger 5 seconds',
        '+OK will not linger',
        'hello world',
        '-ERR command not found',
        'answer',
        '+OK events diverted',
        '-ERR missing value.',
        '+OK',
        '+OK event listener enabled plain',
        '-ERR invalid session id [nobody]',
      ])
    }))

  it('knows only those of its session when it is not', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async')
      expect(await client.say('connect')).toMatch(/\nControl: single-channel\n/)
      const known = [
        'myevents',
        'filter Unique-ID a',
        'getvar my_var',
        'resume',
        'sendmsg a\ncall-command: x',
      ]
      for (const reply of await replies(client, known)) expect(reply).not.toMatch(/not found/)
      const unknown = [
        'event plain ALL',
        'api status',
        'bgapi status',
        'linger',
        'log 7',
        'noevents',
        'sendevent X',
      ]
      for (const reply of await replies(client, unknown)) expect(reply).toBe('-ERR command not found')
    }))

  it('does not answer its first command, but what answers by itself', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async full')
      expect(await client.say('myevents')).toBe('')
      expect(await client.say('api echo b')).toBe('Content-Type: api/response\nContent-Length: 1\n\nb')
      expect(await client.say('connect')).toMatch(/^Event-Name: CHANNEL_DATA\n/)
      expect(await client.say('connect')).toMatch(/^Event-Name: CHANNEL_DATA\n/)
    }))

  it('carries out its messages itself when it is not async: the reply and the next command wait, then the events come', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' full')
      expect(await client.say('connect')).toMatch(/\nSocket-Mode: static\n/)
      await client.say('myevents')
      const before = client.text().length
      expect(await client.say(`${EXECUTE('playback', 'test/half.wav')}\n\napi echo later`)).toBe('')
      await stage.clock.advance(600)
      const text = client.text().slice(before)
      expect(text).toMatch(/^Content-Type: command\/reply\nReply-Text: \+OK\n\nContent-Type: api\/response\n/)
      expect(namesOf(client.wire().events)).toEqual(['CHANNEL_EXECUTE', 'CHANNEL_EXECUTE_COMPLETE'])
    }))

  it('ends with the call, and says so; the channel is destroyed only then', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async full')
      await client.say('connect')
      await client.say('myevents')
      expect(replyOf(await client.say('sendmsg\ncall-command: hangup'))).toBe('+OK')
      await stage.clock.advance(100)
      expect(client.text()).toMatch(
        /Content-Type: text\/disconnect-notice\nControlled-Session-UUID: a\nContent-Disposition: disconnect\nContent-Length: 67\n\nDisconnected, goodbye/,
      )
      expect(namesOf(client.wire().events).slice(-2)).toEqual(['CHANNEL_STATE', 'CHANNEL_HANGUP_COMPLETE'])
      expect(client.closed()).toBe(true)
      expect(stage.sim.channels()).toBe(0)
    }))

  it('stays for the seconds that it lingers, and keeps its channel that long', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async full')
      await client.say('connect')
      await client.say('linger 3')
      await client.say('sendmsg\ncall-command: hangup')
      await stage.clock.advance(100)
      expect(client.text()).toMatch(
        /Content-Disposition: linger\nChannel-Name: sofia\/external\/answer@127\.0\.0\.5:5090\nLinger-Time: 3\nContent-Length: 0\n\n$/,
      )
      expect(stage.sim.channels()).toBe(1)
      await stage.clock.advance(2800)
      expect(client.closed()).toBe(false)
      await stage.clock.advance(1100)
      expect(client.closed()).toBe(true)
      expect(stage.sim.channels()).toBe(0)
    }))

  it('lets the call go on when it closes first: it is not parked any longer', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async full')
      await client.say('connect')
      client.end()
      await stage.clock.advance(100)
      const ofCaller = stage.watcher.wire().events.filter(({ leg }) => leg === 'A')
      expect(namesOf(ofCaller).slice(-9, -6)).toEqual([
        'CHANNEL_UNPARK',
        'CHANNEL_EXECUTE_COMPLETE',
        'CHANNEL_HANGUP',
      ])
      expect(stage.sim.channels()).toBe(0)
    }))

  it('that nobody accepts ends the application, and one address after the other is tried', () =>
    onOutbound(async (stage) => {
      await stage.watcher.send(
        "bgapi originate {origination_uuid=a}sofia/external/answer@127.0.0.5:5090 '&socket(one:1|two:2 async)'",
      )
      await stage.clock.advance(100)
      expect(stage.tried).toEqual(['one:1', 'two:2'])
      expect(namesOf(stage.watcher.wire().events)).toContain('CHANNEL_HANGUP')
      expect(stage.sim.channels()).toBe(0)
    }))

  it('notices the end of a client only when what it carries out has ended', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, '')
      await client.say('connect')
      client.end()
      await client.say('exit')
      await stage.clock.advance(100)
      expect(stage.sim.channels()).toBe(0)
      const second = await handOver(stage, '')
      await second.say('connect')
      await second.say(EXECUTE('park'))
      second.end()
      await stage.clock.advance(1000)
      expect(stage.sim.channels()).toBe(2)
    }))

  it('gets its goodbye when no command comes in time', () =>
    onOutbound(async (stage) => {
      const client = await handOver(stage, ' async full')
      await stage.clock.advance(24_000)
      expect(client.closed()).toBe(false)
      await stage.clock.advance(1100)
      expect(client.closed()).toBe(true)
    }))
})
