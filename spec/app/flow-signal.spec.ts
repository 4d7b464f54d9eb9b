import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { withTimeout } from '../../lib/app/with-timeout.ts'
import { collect } from '../../lib/flow/collect.ts'
import type { Session } from '../../lib/model/session.ts'
import type { Client, ClientApp } from '../../lib/service/client.ts'
import { withOneSession } from '../model/one-session.ts'
import { call, ITSELF, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

/** What a flow may wait for by way of something else than its own session. */
const WAITS: Readonly<Record<string, (sess: Session, client: Client) => Promise<unknown>>> = {
  'sess.peer': (sess) => (sess.peer as Session).recv('DTMF'),
  'a verb of sess.peer': (sess) => (sess.peer as Session).sleep(60_000),
  'call.first': (sess) => sess.call.first.recv('DTMF'),
  'call.last': (sess) => (sess.call.last as Session).recv('DTMF'),
  'call.sessions': (sess) => (sess.call.sessions[0] as Session).recv('DTMF'),
  'call.peer': (sess) => (sess.call.peer(sess) as Session).recv('DTMF'),
  'the peer of its peer': (sess) => (sess.peer?.peer as Session).recv('DTMF'),
  'call.ended': (sess) => sess.call.ended,
  'the signal of sess.peer': (sess) => aborted((sess.peer as Session).signal),
}

const BY_CLIENT: typeof WAITS = {
  'client.session()': (sess, client) => (client.session(sess.uuid) as Session).recv('DTMF'),
  'client.sessions': (_, client) => (client.sessions[0] as Session).recv('DTMF'),
  'client.calls': (_, client) => (client.calls[0] as { ended: Promise<void> }).ended,
  'client.originate()': (_, client) => client.originate('ringing@127.0.0.1:5080'),
}

/** Rejects with the reason of the signal, as `fetch` does. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(signal.reason as Error)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  })

/** Waits on the called leg; gives what the wait rejected with. */
const waiting = (wait: (sess: Session, client: Client) => Promise<unknown>) => {
  const ends: unknown[] = []
  let given: Client | undefined
  let begun = false
  const app: ClientApp = {
    name: 'Waiting',
    subscribe: ['DTMF'],
    prepost({ client }) {
      given = client
      return undefined
    },
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound' || begun) return
        begun = true
        await sess.answer()
        ends.push(await outcomeOf(wait(sess, given as Client)))
      },
    },
  }
  return { app, ends }
}

describe('the unloading of an app ends what its flows wait for', () => {
  it.each(Object.entries({ ...WAITS, ...BY_CLIENT }))('by %s', (_, wait) =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      const { app, ends } = waiting(wait)
      const loaded = await client.load(app)
      await call(client)
      await clock.advance(100)
      expect(ends).toEqual([])
      await loaded.unload()
      expect(ends).toMatchObject([{ code: 'ABORTED', cause: 'it was unloaded' }])
      await client.hupall({ app: 'default' })
    }),
  )

  it('and hangs up a call that one of them is placing', () =>
    onEmbeddedSwitch(async ({ client, clock, sim }) => {
      const ring: ClientApp = {
        name: 'Ring',
        on: { CHANNEL_PARK: (sess) => sess.direction === 'inbound' && sess.ringReady() },
      }
      await client.load(ring, { id: 'ring' })
      let begun = false
      const loaded = await client.load({
        name: 'Placing',
        async prepost({ client: own }) {
          begun = true
          void own.originate(ITSELF, { app: 'ring' })
          await Promise.resolve()
        },
        on: {},
      })
      await clock.advance(200)
      expect([begun, sim.channels()]).toEqual([true, 2])
      await loaded.unload()
      await clock.advance(1000)
      expect(sim.channels()).toBe(0)
    }))

  it('but what its tear-down asks of them is done', () =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      const loaded = await client.load({
        name: 'Tidy',
        on: { CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined) },
        async *prepost({ client: own }) {
          yield
          await Promise.all(own.sessions.slice(0, 1).map((sess) => sess.hangup()))
        },
      })
      await call(client)
      await loaded.unload()
      await clock.advance(500)
      expect(client.countSessions()).toBe(0)
    }))
})

describe('the time of withTimeout', () => {
  it.each(Object.entries(WAITS))('ends what a flow waits for by %s', (_, wait) =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      const { app, ends } = waiting(wait)
      await client.load(withTimeout(1000, app))
      const { caller } = await call(client)
      await clock.advance(1500)
      expect(ends).toMatchObject([{ code: 'TIMEOUT', timeoutMs: 1000 }])
      await caller.hangup()
    }),
  )

  it('ends a flow that is a stream, which has failed then', () =>
    withOneSession(async ({ client, clock, happen, failures }) => {
      const seen: string[] = []
      await client.load(
        withTimeout(1000, {
          name: 'Streaming',
          on: {
            CHANNEL_PARK: async function* (sess) {
              for await (const { name } of sess) yield seen.push(name)
              yield await aborted(new AbortController().signal)
            },
            CHANNEL_ANSWER: (sess) => sess.events('DTMF'),
          },
        }),
      )
      await happen('CHANNEL_PARK', 'CHANNEL_ANSWER', 'DTMF')
      await clock.advance(1100)
      await happen('DTMF')
      expect(seen).toEqual(['CHANNEL_PARK', 'CHANNEL_ANSWER', 'DTMF'])
      expect(failures).toMatchObject([{ error: { code: 'TIMEOUT' } }, { error: { code: 'TIMEOUT' } }])
    }))

  it('is told by the failure of a function whose only wait was a stream', () =>
    withOneSession(async ({ client, clock, happen, failures }) => {
      const app: ClientApp = {
        name: 'Reading',
        on: {
          async CHANNEL_PARK(sess) {
            await collect(sess.events('DTMF'))
          },
        },
      }
      await client.load(withTimeout(1000, app))
      await happen('CHANNEL_PARK')
      await clock.advance(1100)
      expect(failures).toMatchObject([{ event: 'CHANNEL_PARK', error: { code: 'TIMEOUT' } }])
    }))
})

describe('sess.signal', () => {
  type At = Parameters<Parameters<typeof withOneSession>[0]>[0]
  const ENDS: Readonly<Record<string, [(at: At) => unknown, code: string]>> = {
    'its session ends': [({ end }) => end('USER_BUSY'), 'HANGUP'],
    'its app is unloaded': [({ client }) => client.unload('default'), 'ABORTED'],
    'its time is up': [({ clock }) => clock.advance(1000), 'TIMEOUT'],
    'the client is closed': [({ client }) => client.close(), 'ABORTED'],
    'the switch is lost': [({ peer }) => peer.destroy(), 'CONNECTION_LOST'],
  }

  it.each(Object.entries(ENDS))('aborts with the error that says it when %s', (_, [end, code]) =>
    withOneSession(async (at) => {
      const reasons: unknown[] = []
      const app: ClientApp = {
        name: 'Working',
        on: {
          async CHANNEL_PARK(sess) {
            reasons.push(sess.signal.aborted)
            reasons.push(await outcomeOf(aborted(sess.signal)))
            expect(sess.signal.aborted).toBe(true)
          },
        },
      }
      await at.client.load(withTimeout(500, app))
      await at.happen('CHANNEL_PARK')
      await end(at)
      await at.say()
      expect(reasons).toMatchObject([false, { code }])
      expect(at.failures).toEqual([])
    }),
  )

  it("lets a flow's own work end with the session, which is no failure of the flow", () =>
    withOneSession(async ({ client, happen, end, failures, clock }) => {
      const ended: string[] = []
      const working = (name: string, work: (sess: Session) => Promise<unknown>): ClientApp => ({
        name,
        on: { CHANNEL_PARK: (sess) => work(sess).finally(() => ended.push(name)) },
      })
      await client.load(working('fetch', ({ signal }) => aborted(signal)))
      await client.load(working('node', ({ signal }) => delay(60_000, undefined, { signal })))
      await client.load(
        working('elsewhere', ({ signal }) => (client.session('A') as Session).sleep(60_000, { signal })),
      )
      await happen('CHANNEL_PARK')
      await end()
      await clock.advance(1)
      expect(ended.sort()).toEqual(['elsewhere', 'fetch', 'node'])
      expect(failures).toEqual([])
    }))

  it('gives up an originate, whose call is hung up', () =>
    onEmbeddedSwitch(async ({ client, clock, sim }) => {
      await client.load({ name: 'Ringing', on: { CHANNEL_PARK: () => undefined } })
      const control = new AbortController()
      const job = client.originate(ITSELF, { signal: control.signal })
      const result = outcomeOf(job)
      await clock.advance(200)
      control.abort('enough')
      expect(await result).toMatchObject({ code: 'ABORTED', cause: 'enough' })
      await clock.advance(1000)
      expect(sim.channels()).toBe(0)
    }))

  it('is made when it is asked for: a flow that does not ask has nothing of it', () =>
    withOneSession(async ({ client, happen, end }) => {
      const seen: unknown[] = []
      await client.load({
        name: 'Plain',
        on: {
          async CHANNEL_PARK(sess) {
            await sess.recv('DTMF')
            seen.push(sess.box.scope)
          },
        },
      })
      await happen('CHANNEL_PARK', 'DTMF')
      await end()
      expect(seen).toEqual([undefined])
    }))
})
