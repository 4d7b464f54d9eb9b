import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { proxier } from '../../lib/apps/proxier.ts'
import { ITSELF, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

/** What is called answers after a second; what is parked is the proxy's. */
const sim = {
  profiles: [
    { name: 'external', host: '127.0.0.1', port: 5080 },
    { name: 'far', host: '127.0.0.1', port: 5090, context: 'far' },
  ],
  dialplan: ({ context, destination }: { context: string; destination: string }) => {
    if (context !== 'far') return [{ app: 'park' }]
    if (destination === 'busy') return [{ app: 'respond', arg: '486' }]
    return [{ app: 'ring_ready' }, { app: 'sleep', arg: '1000' }, { app: 'answer' }, { app: 'park' }]
  },
}

describe('Proxier', () => {
  it('bridges what comes in to its Request-URI', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const caller = await client.originate('bob@127.0.0.1:5090', { proxy: '127.0.0.1:5080' })
        await sleep(clock, 500)
        const proxied = client.sessions.find((sess) => sess.times.bridge !== undefined)
        expect(proxied?.direction).toBe('inbound')
        expect(caller.answered).toBe(true)
        await caller.hangup()
        await sleep(clock, 1000)
        expect([client.countSessions(), failures]).toEqual([0, []])
      },
      { apps: [proxier()], sim },
    ))

  it('has not failed when the caller gives up before the answer', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const job = client.originate('bob@127.0.0.1:5090', { proxy: '127.0.0.1:5080', timeout: 500 })
        expect(await outcomeOf(job)).toMatchObject({ code: 'JOB_FAILED' })
        await sleep(clock, 1000)
        expect([client.countSessions(), failures]).toEqual([0, []])
      },
      { apps: [proxier()], sim },
    ))

  it('hands a refusal on to the caller', () =>
    onEmbeddedSwitch(
      async ({ client, failures }) => {
        const job = client.originate('busy@127.0.0.1:5090', { proxy: '127.0.0.1:5080' })
        expect([await outcomeOf(job), failures]).toMatchObject([{ reply: 'USER_BUSY' }, []])
      },
      { apps: [proxier()], sim },
    ))

  it('gives a callee so long to answer, and no longer', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const before = clock.now()
        const job = client.originate('bob@127.0.0.1:5090', { proxy: '127.0.0.1:5080' })
        expect(await outcomeOf(job)).toMatchObject({ reply: 'NO_ANSWER' })
        expect(clock.now() - before).toBeCloseTo(700, -2)
        await sleep(clock, 1000)
        expect([client.countSessions(), failures]).toEqual([0, []])
      },
      { apps: [proxier({ timeout: 700 })], sim },
    ))

  it('ends a loop: a call that is addressed to the switch itself is not proxied twice', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures, sim: sw }) => {
        const error = await outcomeOf(client.originate(ITSELF, { timeout: 5000 }))
        expect(error).toMatchObject({ code: 'JOB_FAILED', reply: 'EXCHANGE_ROUTING_ERROR' })
        await sleep(clock, 1000)
        expect([client.counts.sessions, sw.channels(), failures]).toEqual([4, 0, []])
      },
      { apps: [proxier()], sim: { ...sim, dialplan: () => [{ app: 'park' }] } },
    ))
})
