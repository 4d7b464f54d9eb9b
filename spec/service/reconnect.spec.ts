import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { answering, call } from './on-embedded-switch.ts'
import { onCutOff, seeded } from './on-cut-off.ts'

const options = { apps: [answering()] }

describe('a client whose connection is lost', () => {
  it('is away, connects again after a while, and says so', () =>
    onCutOff(async ({ client, wire, states, until }) => {
      wire.cut()
      await until('connected')
      expect(states.map(({ state }) => state)).toEqual(['away', 'connected'])
      expect(states[0]?.error).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(states[1]?.found).toEqual({ kept: 0, lost: 0, found: 0, restarted: false })
      expect([client.state, client.connected, client.lost]).toEqual(['connected', true, undefined])
      expect(await client.api('status')).toContain('UP ')
    }))

  it('is back after a reload of mod_event_socket, and its calls go on', () =>
    onCutOff(async ({ client, until, states }) => {
      const { caller, called } = await call(client)
      await client.api('reload mod_event_socket').catch(() => undefined)
      if (client.state !== 'connected' || states.length === 0) await until('connected')
      expect(states.map(({ state }) => state)).toEqual(['away', 'connected'])
      expect(states[1]?.found).toEqual({ kept: 2, lost: 0, found: 0, restarted: false })
      const digit = called.recv('DTMF')
      await caller.sendDtmf('7')
      expect((await digit).get('DTMF-Digit')).toBe('7')
    }, options))

  it('tries with growing, varying delays until there is somebody', () =>
    onCutOff(async ({ clock, wire, until }) => {
      const { sim } = wire
      wire.sim = undefined
      wire.cut()
      const began = clock.now()
      await sleep(clock, 60_000)
      // 250, 500, 1000, 2000, 4000, 8000, 10 000, 10 000… each cut by up to a half.
      expect(wire.attempts - 1).toBeGreaterThanOrEqual(9)
      expect(wire.attempts - 1).toBeLessThanOrEqual(15)
      wire.sim = sim
      await until('connected')
      expect(clock.now() - began).toBeLessThan(70_001)
    }))

  it('has the same events come again, those that were asked for meanwhile too, and calls no function twice', () => {
    const seen: string[] = []
    const app: ClientApp = {
      name: 'Seeing',
      on: { DTMF: (sess, event) => void seen.push(event.get('DTMF-Digit')) },
    }
    return onCutOff(async ({ client, wire, clock, until }) => {
      await client.load(app)
      const { caller, called } = await call(client)
      wire.cut()
      await until('away').catch(() => undefined)
      const talk = kept(called.recv('RECORD_START', { timeout: 20_000 }))
      await until('connected')
      await caller.sendDtmf('5')
      await sleep(clock, 1000)
      expect(seen).toEqual(['5'])
      await called.startRecord('/tmp/x.wav')
      expect((await talk).name).toBe('RECORD_START')
    }, options)
  })

  it('rejects what was in flight with ConnectionLostError, and what is asked for while it is away', () =>
    onCutOff(async ({ client, wire, until, clock }) => {
      const inFlight = {
        api: kept(client.api('msleep 1000')),
        job: kept(client.bgapi('msleep 5000')),
        originate: kept(client.originate('x@127.0.0.1:5080')),
      }
      await sleep(clock, 5)
      const away = until('away')
      wire.cut()
      for (const [what, promise] of Object.entries(inFlight))
        expect(await outcomeOf(promise), what).toMatchObject({ code: 'CONNECTION_LOST' })
      await away
      expect(client.connected).toBe(false)
      expect(await outcomeOf(client.api('status'))).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(await outcomeOf(client.bgapi('status'))).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(await outcomeOf(client.originate('x@y'))).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(client.countJobs()).toBe(0)
      await until('connected')
      expect(await client.api('status')).toContain('UP ')
    }, options))

  it('holds the commands of sessions until it is back', () =>
    onCutOff(async ({ client, wire, until }) => {
      const { caller, called } = await call(client)
      const away = until('away')
      wire.cut()
      await away
      const value = caller.setVar('x', 'y').then(() => caller.getVar('x'))
      const end = caller.hangup('USER_BUSY')
      await until('connected')
      expect(await value).toBe('y')
      expect((await end).get('Hangup-Cause')).toBe('USER_BUSY')
      expect([caller.cause, called.lost]).toEqual(['USER_BUSY', false])
    }, options))

  it('notices that nothing comes any more, and connects again', () =>
    onCutOff(async ({ client, wire, clock, states }) => {
      await clock.advance(0)
      wire.silent = true
      const lost = new Promise<number>((resolve) =>
        client.onState(({ state }) => state === 'away' && resolve(clock.now())),
      )
      const began = clock.now()
      await sleep(clock, 80_000)
      expect((await lost) - began).toBeLessThanOrEqual(75_000)
      expect(String(states[0]?.error?.cause)).toContain('nothing came for 50000 ms')
      wire.silent = false
      await sleep(clock, 25_000)
      expect(client.state).toBe('connected')
    }))

  it('may be closed while it is away: what waits ends, and nothing is left', () =>
    onCutOff(async ({ client, wire, until, states }) => {
      const { caller } = await call(client)
      wire.sim = undefined
      const away = until('away')
      wire.cut()
      await away
      const waits = [caller.recv('DTMF'), caller.getVar('x'), caller.playback('x')].map(kept)
      await client.close()
      for (const wait of waits) expect(await outcomeOf(wait)).toMatchObject({ code: 'ABORTED' })
      expect([client.state, states.at(-1)?.state, client.countSessions()]).toEqual(['closed', 'closed', 0])
    }, options))

  it('gives its sessions up after a time, and goes on looking for the switch', () =>
    onCutOff(
      async ({ client, wire, until, clock }) => {
        const { caller, called } = await call(client)
        const wait = kept(called.recv('DTMF'))
        const { sim } = wire
        wire.sim = undefined
        wire.cut()
        await sleep(clock, 29_000)
        expect(client.countSessions()).toBe(2)
        await sleep(clock, 2000)
        expect(await outcomeOf(wait)).toMatchObject({ code: 'HANGUP', hangupCause: 'LOST' })
        expect([client.countSessions(), client.countCalls(), caller.lost, called.cause]).toEqual([
          0,
          0,
          true,
          'LOST',
        ])
        wire.sim = sim
        // The calls were up all the time.
        expect((await until('connected')).found).toMatchObject({ kept: 0, found: 2, restarted: false })
        expect(client.countSessions()).toBe(2)
        expect(client.session(caller.uuid)?.peer?.uuid).toBe(called.uuid)
        await client.hupall()
        await sleep(clock, 500)
        expect(client.countSessions()).toBe(0)
      },
      { ...options, reconnect: { keepSessions: 30_000, random: seeded(2) } },
    ))
})

describe('a switch that was started anew', () => {
  it('has lost all sessions: they end, with their last events made up', () => {
    const ends: string[] = []
    const app: ClientApp = {
      name: 'Ending',
      on: {
        CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined),
        CHANNEL_HANGUP: (sess, event) =>
          void ends.push(`${event.name} ${event.get('Hangup-Cause')} ${sess.lost}`),
        CHANNEL_DESTROY: (sess, event) => void ends.push(`${event.name} ${event.get('Switchix-Made-Up')}`),
      },
    }
    return onCutOff(
      async ({ client, wire, until, failures, clock }) => {
        const { caller, called } = await call(client)
        const over = { call: caller.call.ended, recv: kept(called.recv('DTMF')), verb: kept(caller.echo()) }
        await sleep(clock, 20)
        await wire.sim?.close()
        wire.sim = await simulate({ clock, transport: 'memory', seed: 2 })
        const { found } = await until('connected')
        expect(found).toEqual({ kept: 0, lost: 2, found: 0, restarted: true })
        await over.call
        expect(await outcomeOf(over.recv)).toMatchObject({ code: 'HANGUP', hangupCause: 'LOST' })
        expect(await outcomeOf(over.verb)).toMatchObject({ code: 'HANGUP', hangupCause: 'LOST' })
        expect(ends).toEqual(Array(2).fill(['CHANNEL_HANGUP LOST true', 'CHANNEL_DESTROY true']).flat())
        expect([client.counts.causes.get('LOST'), client.countSessions(), failures]).toEqual([2, 0, []])
        const again = await call(client)
        expect(again.called.answered).toBe(true)
      },
      { apps: [app] },
    )
  })
})
