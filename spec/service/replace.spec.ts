import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { outcomeOf, stateOf } from '../testing/promises.ts'
import { call, onEmbeddedSwitch } from './on-embedded-switch.ts'

/** Answers, and notes in whose name it was called. */
const noting = (edition: string, seen: string[], name = 'Edited'): ClientApp => ({
  name,
  handle: { CHANNEL_CREATE: () => void seen.push(`${edition} sees`) },
  on: {
    CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined),
    CHANNEL_DESTROY: (sess) => void seen.push(`${edition} ends ${sess.direction}`),
  },
  *prepost() {
    seen.push(`${edition} up`)
    yield
    seen.push(`${edition} down`)
  },
})

describe('an app that is replaced', () => {
  it('keeps the calls that it has, gets no new ones, and is unloaded after the last of them', () => {
    const seen: string[] = []
    return onEmbeddedSwitch(async ({ client, clock }) => {
      const before = await client.load(noting('first', seen))
      const old = await call(client)
      await client.replace(before, noting('second', seen))
      expect(client.apps.map(({ name }) => name)).toEqual(['Edited'])
      const young = await call(client)
      await young.caller.hangup()
      await sleep(clock, 500)
      expect(seen.slice(3)).toEqual([
        'second up',
        'second sees',
        'second sees',
        'second ends outbound',
        'second ends inbound',
      ])
      await old.caller.hangup()
      await sleep(clock, 500)
      expect(seen.slice(8)).toEqual(['first ends outbound', 'first ends inbound', 'first down'])
      expect([old.caller.appId, young.caller.appId]).toEqual(['default', 'default'])
    })
  })

  it('keeps what joins its calls later: the leg of a bridge', () => {
    const seen: string[] = []
    return onEmbeddedSwitch(async ({ client, clock }) => {
      const before = await client.load(noting('first', seen))
      const old = await call(client)
      await client.replace(before, noting('second', seen))
      const bridge = await old.called.bridge({ dest: 'park@127.0.0.1:5080', profile: 'external' })
      expect(bridge.uuid).not.toBe('')
      await old.caller.hangup()
      await sleep(clock, 1000)
      expect(client.countSessions()).toBe(0)
      const ends = seen.filter((each) => each.includes(' ends ')).sort()
      // The leg that it dials is the call's; where that comes in again, as here, is a new call.
      expect(ends).toEqual([
        'first ends inbound',
        'first ends outbound',
        'first ends outbound',
        'second ends inbound',
      ])
      expect(seen).toContain('first down')
    })
  })

  it('stays where the new one cannot be loaded', () => {
    const seen: string[] = []
    return onEmbeddedSwitch(async ({ client }) => {
      const before = await client.load(noting('first', seen))
      const bad: ClientApp = { name: 'Edited', prepost: () => Promise.reject(new Error('half written')) }
      expect(await outcomeOf(client.replace(before, bad))).toMatchObject({ code: 'APP_LOAD' })
      expect(client.apps).toEqual([before])
      const { caller } = await call(client)
      expect(caller.peer?.answered).toBe(true)
      await caller.hangup()
    })
  })

  it('leaves its place in the order, and its neighbours, as they were', () => {
    const seen: string[] = []
    return onEmbeddedSwitch(async ({ client, clock }) => {
      const before = await client.load(noting('first', seen, 'One'))
      await client.load({ name: 'Two', on: { CHANNEL_DESTROY: () => void seen.push('neighbour') } })
      const old = await call(client)
      const after = await client.replace(before, noting('second', seen, 'One'))
      expect(client.apps.map(({ name }) => name)).toEqual(['One', 'Two'])
      const young = await call(client)
      seen.length = 0
      await old.caller.hangup()
      await sleep(clock, 500)
      await young.caller.hangup()
      await sleep(clock, 500)
      const ends = (edition: string) => [
        `${edition} ends inbound`,
        `${edition} ends outbound`,
        'neighbour',
        'neighbour',
      ]
      expect([...seen].sort()).toEqual([...ends('first'), 'first down', ...ends('second')].sort())
      await after.unload()
      expect(client.apps.map(({ name }) => name)).toEqual(['Two'])
    })
  })
})

describe('a client that is drained', () => {
  it('gives its apps no more calls, and tells when the last that they have is over', () => {
    const seen: string[] = []
    return onEmbeddedSwitch(async ({ client, clock }) => {
      await client.load(noting('only', seen))
      const { caller } = await call(client)
      const drained = client.drain()
      const late = client.originate('park@127.0.0.1:5080', { timeout: 2000 })
      expect(await outcomeOf(late)).toMatchObject({ reply: 'NO_ANSWER' })
      expect(await stateOf(drained)).toBe('pending')
      await caller.hangup()
      await drained
      await sleep(clock, 500)
      expect(seen.filter((each) => each.startsWith('only ends'))).toHaveLength(2)
    })
  })
})
