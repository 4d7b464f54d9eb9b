import { describe, expect, it } from 'vitest'
import { onSwitch, type Client } from './on-switch.ts'
import { ofLeg } from './compare.ts'

const send = (client: Client, uuid: string, headers: Record<string, string>): Promise<string> =>
  client.send(
    `sendmsg ${uuid}\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}`,
  )

const run = (client: Client, app: string, arg = '', more: Record<string, string> = {}): Promise<string> =>
  send(client, client.uuid('B'), {
    'call-command': 'execute',
    'execute-app-name': app,
    ...(arg === '' ? {} : { 'execute-app-arg': arg }),
    ...more,
  })

const answered = async (client: Client): Promise<void> => {
  await client.send('bgapi originate sofia/external/park@127.0.0.1:5080 &park()')
  await run(client, 'answer')
  await client.clock.advance(100)
}

/** Begin and end of applications on leg B, with their Application-UUID. */
const story = (client: Client): string[] =>
  ofLeg(client.wire().events, 'B').flatMap(({ name, headers }) => {
    const get = (header: string): string | undefined => headers.find(([one]) => one === header)?.[1]
    if (name === 'CHANNEL_EXECUTE')
      return [`${get('Application') ?? ''} ${get('Application-UUID')?.slice(0, 4) ?? ''}`]
    if (name === 'CHANNEL_EXECUTE_COMPLETE')
      return [`/${get('Application') ?? ''} ${get('Application-Response') ?? ''}`]
    return name.startsWith('PLAYBACK') ? [`${name} ${get('Playback-Status') ?? ''}`.trim()] : []
  })

describe('sendmsg execute', () => {
  it('with event-lock runs one after the other, and gives back the Event-UUID', () =>
    onSwitch(async (client) => {
      await answered(client)
      const from = story(client).length
      await run(client, 'playback', 'test/half.wav', { 'event-lock': 'true', 'Event-UUID': 'pb-1' })
      await run(client, 'playback', 'test/half.wav', { 'event-lock': 'true', 'Event-UUID': 'pb-2' })
      await client.clock.advance(2000)
      const file = ['PLAYBACK_START', 'PLAYBACK_STOP done', '/playback FILE%20PLAYED']
      expect(story(client).slice(from)).toEqual(['playback pb-1', ...file, 'playback pb-2', ...file])
    }))

  it('without event-lock nests, and the inner one ends first (a7)', () =>
    onSwitch(async (client) => {
      await answered(client)
      const from = story(client).length
      await run(client, 'playback', 'test/half.wav', { 'Event-UUID': 'pb-1' })
      await run(client, 'playback', 'test/short.wav', { 'Event-UUID': 'pb-2' })
      await client.clock.advance(3000)
      expect(story(client).slice(from)).toEqual([
        'playback pb-1',
        'PLAYBACK_START',
        'playback pb-2',
        'PLAYBACK_START',
        'PLAYBACK_STOP done',
        '/playback FILE%20PLAYED',
        'PLAYBACK_STOP done',
        '/playback FILE%20PLAYED',
      ])
    }))

  it('an endless tone plays until a break, and the call goes on', () =>
    onSwitch(async (client) => {
      await answered(client)
      await run(client, 'playback', '{loops=-1}tone_stream://%(251,0,1004)')
      await client.clock.advance(3_600_000)
      expect(story(client).at(-1)).toBe('PLAYBACK_START')
      expect(await client.send(`api uuid_break ${client.uuid('B')}`)).toBe('+OK\n')
      await client.clock.advance(50)
      expect(story(client).slice(-2)).toEqual(['PLAYBACK_STOP break', '/playback FILE%20PLAYED'])
      expect(client.sim.channels()).toBe(2)
    }))

  it('a file that is not there is not found, without PLAYBACK events', () =>
    onSwitch(async (client) => {
      await answered(client)
      await run(client, 'playback', 'nosuchfile.wav')
      await client.clock.advance(100)
      expect(story(client).at(-1)).toBe('/playback FILE%20NOT%20FOUND')
      expect(story(client).filter((line) => line.startsWith('PLAYBACK'))).toEqual([])
    }))

  it('a hangup in a playback ends it: by a command as played, by the far end as an error', () =>
    onSwitch(async (client) => {
      await answered(client)
      await run(client, 'playback', 'test/long.wav')
      await client.clock.advance(100)
      await client.send(`api uuid_kill ${client.uuid('A')}`)
      await client.clock.advance(100)
      expect(story(client).slice(-3)).toEqual([
        'PLAYBACK_STOP done',
        '/playback PLAYBACK%20ERROR',
        '/park PLAYBACK%20ERROR',
      ])
    }))

  it('loops while a pass takes half a second, and no longer', () =>
    onSwitch(async (client) => {
      await answered(client)
      const from = story(client).length
      await run(client, 'sleep', '600', { loops: '3', 'event-lock': 'true' })
      await run(client, 'sleep', '100', { loops: '3', 'event-lock': 'true' })
      await client.clock.advance(5000)
      expect(
        story(client)
          .slice(from)
          .filter((line) => line.startsWith('/sleep')),
      ).toHaveLength(4)
    }))

  it('an unknown application hangs the call up (a8), a real one that is not modelled is refused', () =>
    onSwitch(async (client) => {
      await answered(client)
      expect(await run(client, 'speak', 'x')).toBe(
        '-ERR the application speak is not modelled by the embedded switch',
      )
      expect(await run(client, 'set', 'a=${sofia_dig(x)}')).toMatch(/^-ERR the api .* not modelled/)
      await client.clock.advance(100)
      expect(client.sim.channels()).toBe(2)
      expect(await run(client, 'no_such_app', 'x')).toBe('+OK')
      await client.clock.advance(100)
      const hangups = client.wire().events.filter(({ name }) => name === 'CHANNEL_HANGUP')
      expect(hangups[0]?.headers).toContainEqual(['Hangup-Cause', 'DESTINATION_OUT_OF_ORDER'])
    }))

  it('hangup by sendmsg takes any cause, and NORMAL_CLEARING for one that is none', () =>
    onSwitch(async (client) => {
      await answered(client)
      await send(client, client.uuid('B'), { 'call-command': 'hangup', 'hangup-cause': 'NO_SUCH_CAUSE' })
      await client.clock.advance(100)
      const hangups = client.wire().events.filter(({ name }) => name === 'CHANNEL_HANGUP')
      expect(hangups[0]?.headers).toContainEqual(['Hangup-Cause', 'NORMAL_CLEARING'])
      expect(await run(client, 'answer')).toBe(`-ERR invalid session id [${client.uuid('B')}]`)
    }))

  it('keys in any case, and an argument as a body, are understood (h7)', () =>
    onSwitch(async (client) => {
      await answered(client)
      await send(client, client.uuid('B'), {
        'Call-Command': 'execute',
        'EXECUTE-APP-NAME': 'set',
        'Execute-App-Arg': 'k=v',
      })
      client.write(
        `sendmsg ${client.uuid('B')}\ncall-command: execute\nexecute-app-name: set\ncontent-type: text/plain\ncontent-length: 9\n\nb=two\nwe?\n\n`,
      )
      await client.clock.advance(100)
      expect(await client.send(`api uuid_getvar ${client.uuid('B')} k`)).toBe('v')
      expect(await client.send(`api uuid_getvar ${client.uuid('B')} b`)).toBe('two\nwe?')
    }))
})
