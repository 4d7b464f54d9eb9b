import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { onSwitch, openClient, type Client } from './on-switch.ts'
import { recordedText } from './recording.ts'

/** A connection that has said nothing yet. */
const fresh = async (
  run: (client: Client) => Promise<void>,
  users?: Record<string, string>,
): Promise<void> => {
  const clock = virtualClock()
  await using sim = await simulate({ transport: 'memory', seed: 1, clock, ...(users ? { users } : {}) })
  await run(await openClient(sim, clock))
}

/** What a real switch sent on one of the recorded connections, up to what it depends on. */
const recorded = (connection: string): string => recordedText('k1_bad_auth', connection)

describe('a connection', () => {
  it('is greeted, and let in with the password', () =>
    fresh(async (client) => {
      expect(client.text()).toBe('Content-Type: auth/request\n\n')
      expect(await client.send('auth ClueCon')).toBe('+OK accepted')
    }))

  it.each([
    ['auth wrong', 'conn-1'],
    ['garbage', 'conn-10'],
    ['auth', 'conn-2'],
    ['auth  ClueCon', 'conn-3'],
    ['AUTH ClueCon', 'conn-4'],
    ['auth ClueCon extra', 'conn-5'],
    ['api status', 'conn-6'],
    ['event plain ALL', 'conn-7'],
    ['userauth 1000@127.0.0.5:x', 'conn-8'],
    ['exit', 'conn-9'],
  ])('answers "%s" before it is let in as the real one does', (command, connection) =>
    fresh(async (client) => {
      await client.send(command)
      // The recorder hung up by itself where the switch did not, which the switch then took for a goodbye.
      const real = recorded(connection)
      const said = client.text()
      expect(real.startsWith(said)).toBe(true)
      expect(client.closed()).toBe(/Reply-Text: (-ERR invalid|\+OK bye)/.test(real))
    }),
  )

  it('lets a user in by userauth, and tells what it may do', () =>
    fresh(
      async (client) => {
        expect(await client.send('userauth bob@example.com:secret')).toBe('+OK accepted')
        expect(client.text()).toContain('Allowed-Events: all\nAllowed-API: all\nAllowed-LOG: true\n\n')
        expect(await client.send('api hostname')).toBe('sim')
      },
      { 'bob@example.com': 'secret' },
    ))

  it('accepts CRLF, commands in one piece and commands byte by byte', () =>
    fresh(async (client) => {
      client.write('auth ClueCon\r\n\r\napi echo a\n\n')
      for (const byte of 'api echo b\n\n') client.write(byte)
      await client.clock.advance(5)
      expect(client.wire().replies).toEqual(['+OK accepted', 'a', 'b'])
    }))

  it('of an address that may not connect is rejected rudely', async () => {
    await using sim = await simulate({ acl: (address) => address !== '127.0.0.1' })
    const text = await new Promise<string>((resolve) => {
      let out = ''
      connect(sim.port, sim.host)
        .on('data', (chunk: Buffer) => (out += chunk.toString()))
        .on('close', () => resolve(out))
    })
    expect(text).toBe(recordedText('k2_acl_reject', 'conn-1'))
  })

  it('is told when the switch shuts down, and nothing is left of the switch', async () => {
    const clock = virtualClock()
    const sim = await simulate({ transport: 'memory', seed: 1, clock })
    const client = await openClient(sim, clock)
    await client.send('auth ClueCon')
    await client.send('bgapi originate sofia/external/park@127.0.0.1:5080 &park()')
    await client.send(`api sched_hangup +60 ${client.uuid('A')}`)
    await sim.close()
    await clock.advance(10)
    expect(client.text()).toMatch(/\n\nThe system is being shut down\.\n$/)
    expect(client.closed()).toBe(true)
    expect(sim.channels()).toBe(0)
    expect(clock.pending).toBe(0)
  })

  it('by TCP is served as by memory, and closes with the switch', async () => {
    const sim = await simulate({ seed: 1 })
    const socket = connect(sim.port, sim.host)
    let out = ''
    socket.on('data', (chunk: Buffer) => (out += chunk.toString()))
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write('auth ClueCon\n\napi echo hällo\n\n')
    while (!out.endsWith('hällo')) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(out).toContain('Content-Length: 6\n\nhällo')
    await sim.close()
    await closed
    await expect(simulate({ port: -1 })).rejects.toThrow()
  })

  it('on a port that is taken gives an error that names it', async () => {
    await using sim = await simulate()
    await expect(simulate({ port: sim.port })).rejects.toMatchObject({ code: 'UNREACHABLE' })
  })
})

describe('an unknown command', () => {
  it('is refused, with an answer for each as in the recording (k3)', () =>
    onSwitch(
      async (client) => {
        const replies: Record<string, string> = {
          nosuchcommand: '-ERR command not found',
          connect: '-ERR command not found',
          resume: '-ERR command not found',
          'getvar x': '-ERR command not found',
          sendmsg: '-ERR invalid session id []',
          log: '+OK log level  [7]',
          filter: '-ERR command not found',
          nixevent: '-ERR no keywords supplied',
          event: '-ERR no keywords supplied',
          help: '-ERR command not found',
          api: '-ERR command not found',
          bgapi: '-ERR command not found',
          'auth ClueCon': '-ERR command not found',
          'userauth x': '-ERR command not found',
          divert_events: '-ERR not controlling a session.',
          linger: '-ERR not controlling a session',
          nolinger: '-ERR not controlling a session',
          noevents: '-ERR not listening for events',
          nolog: '+OK no longer logging',
          verbose_events: '-ERR command not found',
          version: '-ERR command not found',
          myevents: '-ERR command not found',
          'log 99': '+OK log level 99 [63]',
          'log bogus': '-ERR invalid log level',
        }
        for (const [command, reply] of Object.entries(replies))
          expect([command, await client.send(command)]).toEqual([command, reply])
      },
      {},
      '',
    ))
})
