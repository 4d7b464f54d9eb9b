import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { memory, type Accept } from '../../lib/link/memory.ts'
import type { Transport } from '../../lib/link/transport.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { listen } from '../../lib/service/listen.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { ITSELF } from './on-embedded-switch.ts'
import { onOutbound } from './on-outbound-server.ts'

const greeter = (seen: string[]): ClientApp => ({
  name: 'Greeter',
  on: {
    async CHANNEL_PARK(sess) {
      seen.push(`parked ${sess.get('Caller-Destination-Number')}`)
      await sess.answer()
      await sess.playback('test/half.wav')
      seen.push(`played, ${await sess.api('uuid_exists ' + sess.uuid)}`)
      await sess.hangup('USER_BUSY')
    },
    CHANNEL_HANGUP: (sess) => void seen.push(`hung up ${sess.cause}`),
    CHANNEL_DESTROY: () => void seen.push('destroyed'),
  },
  *prepost() {
    seen.push('set up')
    yield
    seen.push('taken down')
  },
})

describe('a call that is handed over', () => {
  it('runs the same apps, from its park to its end, once each; the app is set up once for all', () => {
    const seen: string[] = []
    return onOutbound(greeter(seen), async ({ caller, clock, server, failures, sim }) => {
      const sess = await caller.originate(ITSELF)
      await sess.recv('CHANNEL_DESTROY')
      await sleep(clock, 1000)
      const once = ['parked park', 'played, true', 'hung up USER_BUSY', 'destroyed']
      expect(seen).toEqual(['set up', ...once])
      await (await caller.originate(ITSELF)).recv('CHANNEL_DESTROY')
      await sleep(clock, 1000)
      expect([seen, failures, sim.channels()]).toEqual([['set up', ...once, ...once], [], 0])
      expect([server.client.countSessions(), server.client.counts.sessions]).toEqual([0, 2])
      await server.close()
      expect(seen.at(-1)).toBe('taken down')
    })
  })

  it('may be bridged: the other leg is part of the call', () => {
    const app: ClientApp = {
      name: 'Bridging',
      on: {
        async CHANNEL_PARK(sess) {
          if (sess.direction === 'inbound')
            await sess.bridge({ dest: 'parked@127.0.0.1:5080', profile: 'external' })
        },
      },
    }
    return onOutbound(app, async ({ caller, clock, server }) => {
      await caller.load({
        name: 'Answering',
        on: {
          CHANNEL_PARK: (s) => (s.get('Caller-Destination-Number') === 'parked' ? s.answer() : undefined),
        },
      })
      const sess = await caller.originate(ITSELF)
      await sleep(clock, 500)
      const [call] = server.client.calls
      expect(call?.sessions.map(({ direction, answered }) => [direction, answered])).toEqual([
        ['inbound', true],
        ['outbound', true],
      ])
      await sess.hangup()
      await sleep(clock, 6000)
      expect(server.client.countSessions()).toBe(0)
    })
  })

  it('ends with what waits, where the caller hangs up first', () => {
    const ends: unknown[] = []
    const app: ClientApp = {
      name: 'Waiting',
      on: {
        CHANNEL_PARK: (sess) =>
          sess
            .answer()
            .then(() => sess.recv('DTMF'))
            .catch((error: unknown) => ends.push(error)),
      },
    }
    return onOutbound(app, async ({ caller, clock, server, failures }) => {
      const sess = await caller.originate(ITSELF)
      await sess.hangup('ORIGINATOR_CANCEL')
      await sleep(clock, 6000)
      expect(ends).toMatchObject([{ code: 'HANGUP' }])
      expect([failures, server.client.countSessions(), server.client.countCalls()]).toEqual([[], 0, 0])
    })
  })

  it('goes on in the dialplan where the server is closed', () =>
    onOutbound(
      { name: 'Idle', on: { CHANNEL_PARK: (sess) => sess.answer() } },
      async ({ caller, clock, server }) => {
        const sess = await caller.originate(ITSELF)
        await server.close()
        await sleep(clock, 1000)
        expect([server.client.countSessions(), sess.call.last?.hungup]).toEqual([0, true])
      },
    ))

  it.each([
    ['127.0.0.1:8084 full', 'static, full'],
    ['127.0.0.1:8084 async', 'async, single-channel'],
  ])('by "%s" is refused, with what the dialplan should say', (arg, what) =>
    onOutbound(
      { name: 'Idle', on: { CHANNEL_PARK: () => undefined } },
      async ({ caller, clock, refused }) => {
        void kept(caller.originate(ITSELF))
        await sleep(clock, 2000)
        expect(String(refused[0])).toContain(`opened this socket as ${what}; expected "async full"`)
        expect(caller.countSessions()).toBe(0)
      },
      { arg },
    ),
  )

  it('is let run to its end by shutDown, and no other is taken', () => {
    const seen: string[] = []
    return onOutbound(greeter(seen), async ({ caller, server }) => {
      await caller.originate(ITSELF)
      const left = server.shutDown({ grace: 5000 })
      expect(await outcomeOf(caller.originate(ITSELF))).toMatchObject({ reply: 'CALL_REJECTED' })
      expect(await left).toBe(0)
      expect(seen.slice(-3)).toEqual(['hung up USER_BUSY', 'destroyed', 'taken down'])
    })
  })

  it('takes the jobs that were sent over it along, where no other of its switch is left to tell of them', () =>
    onOutbound(
      { name: 'Idle', on: { CHANNEL_PARK: (sess) => sess.answer() } },
      async ({ caller, clock, server }) => {
        const answered = server.client.originate('nobody@192.0.2.1:5080', { timeout: 30_000 })
        expect(await outcomeOf(answered)).toMatchObject({ code: 'CONNECTION_LOST' })
        const first = await caller.originate(ITSELF)
        await sleep(clock, 100)
        const second = await caller.originate(ITSELF)
        await sleep(clock, 100)
        // Sent over the second, told by the first once the second is gone; the next by none.
        const told = server.client.bgapi('msleep 8000')
        await sleep(clock, 100)
        await second.hangup()
        await sleep(clock, 7000)
        expect(server.client.countJobs()).toBe(1)
        expect(await outcomeOf(told)).not.toMatchObject({ code: 'CONNECTION_LOST' })
        const untold = server.client.bgapi('msleep 60000')
        await sleep(clock, 100)
        await first.hangup()
        expect(await outcomeOf(untold)).toMatchObject({
          code: 'CONNECTION_LOST',
          message: expect.stringContaining('msleep 60000') as string,
        })
        expect(server.client.countJobs()).toBe(0)
      },
    ))

  it('works over TCP', async () => {
    const seen: string[] = []
    await using server = await listen({ port: 0 }, greeter(seen))
    const dialplan = () => [{ app: 'socket', arg: `127.0.0.1:${server.port} async full` }]
    await using sim = await simulate({ dialplan })
    await using caller = await connect(sim)
    const sess = await caller.originate(ITSELF)
    await sess.recv('CHANNEL_DESTROY', { timeout: 5000 })
    expect(seen).toContain('parked park')
  })
})

describe('a real switch that hands a call over', () => {
  const recording = (folder: string): string =>
    readFileSync(new URL(`../fixtures/captures/${folder}/conn-out-1.c2s.raw`, import.meta.url), 'latin1')

  it('tells of its channel as it was recorded: the session has all of that', async () => {
    const clock = virtualClock()
    const reply = recording('i1_outbound_async_full').split('\n\n')[0] ?? ''
    let accept: Accept | undefined
    const seen: string[] = []
    const app: ClientApp = {
      name: 'Seeing',
      on: {
        CHANNEL_PARK: (sess) =>
          void seen.push(sess.uuid, sess.get('variable_sip_req_uri') ?? '', sess.direction),
      },
    }
    const sent: string[] = []
    const body = async (): Promise<void> => {
      const open = (theirs: Accept) => {
        accept = theirs
        return Promise.resolve({ port: 1, close: () => undefined })
      }
      await using server = await listen({ port: 1, clock, server: open }, app)
      const toUs = memory(clock, (transport) => accept?.(transport) as never)
      const transport: Transport = await toUs({
        data(chunk) {
          for (const command of chunk.toString().split('\n\n').filter(Boolean)) {
            sent.push(command)
            const answer = command === 'connect' ? reply : 'Content-Type: command/reply\nReply-Text: +OK'
            transport.write(`${answer}\n\n`)
          }
        },
        close: () => undefined,
      })
      await sleep(clock, 100)
      expect(server.client.countSessions()).toBe(1)
      transport.destroy()
      await sleep(clock, 100)
      expect(server.client.counts.causes.get('LOST')).toBe(1)
    }
    await clock.run(body())
    expect(seen).toEqual(['4c5eff01-d5f7-412a-bc68-c4151c084e00', 'socket_full@127.0.0.5:5090', 'inbound'])
    expect(sent.slice(0, 4)).toEqual([
      'connect',
      'api show application',
      'linger 5',
      'filter Unique-ID 4c5eff01-d5f7-412a-bc68-c4151c084e00',
    ])
  })
})
