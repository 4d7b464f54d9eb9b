import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { connect } from '../../lib/service/connect.ts'
import type { Client, ClientApp } from '../../lib/service/client.ts'
import type { Session } from '../../lib/model/session.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { answering, call, ITSELF } from './on-embedded-switch.ts'
import { onCutOff, type CutOff } from './on-cut-off.ts'

/** Cuts the wire, does something to the calls by another way, and comes back. */
const whileAway = async (
  { wire, until, client }: CutOff,
  run: (other: Client) => Promise<unknown>,
): Promise<void> => {
  const { sim } = wire
  if (!sim) throw new Error('no switch')
  const away = until('away')
  wire.sim = undefined
  wire.cut()
  await away
  await using other = await connect(sim)
  await run(other)
  wire.sim = sim
  if (client.state === 'away') await until('connected')
}

const names = (sess: Session | undefined): string[] =>
  (sess?.history ?? []).map((event) => (event.has('Switchix-Made-Up') ? `${event.name}*` : event.name))

/** A call that nobody answers yet; gives the leg that was called. */
const ringing = async ({ client, clock }: CutOff): Promise<{ caller: Session; called: Session }> => {
  void kept(client.originate(ITSELF))
  await sleep(clock, 100)
  const [caller, called] = client.sessions
  if (!caller || !called) throw new Error('expected two legs')
  return { caller, called }
}

describe('what happened while the switch was away', () => {
  it('an answer: the session is answered, its flow goes on, the time is the switch’s', () =>
    onCutOff(async (at) => {
      const { caller, called } = await ringing(at)
      const answered = [caller, called].map((sess) => sess.recv('CHANNEL_ANSWER'))
      await whileAway(at, (other) =>
        other.api(`uuid_answer ${called.uuid}`).then(() => sleep(at.clock, 3000)),
      )
      for (const event of await Promise.all(answered)) expect(event.get('Switchix-Made-Up')).toBe('true')
      expect([caller.answered, called.answered, at.client.counts.answered]).toEqual([true, true, 2])
      const { answer = 0, create = 0 } = called.times
      expect(answer - create).toBeLessThan(1000)
      await at.client.hupall()
      await sleep(at.clock, 500)
      expect(names(called).filter((name) => name.startsWith('CHANNEL_ANSWER'))).toHaveLength(1)
    }))

  it('a hangup: the session ends as lost, for nobody knows its cause', () =>
    onCutOff(
      async (at) => {
        const { caller, called } = await call(at.client)
        const wait = kept(caller.recv('DTMF'))
        await whileAway(at, (other) =>
          other.api(`uuid_kill ${called.uuid} USER_BUSY`).then(() => sleep(at.clock, 500)),
        )
        expect(await outcomeOf(wait)).toMatchObject({ code: 'HANGUP', hangupCause: 'LOST' })
        expect([caller.lost, called.lost, at.client.countCalls(), at.failures]).toEqual([true, true, 0, []])
      },
      { apps: [answering()] },
    ))

  it('nothing: the flow that waits goes on, with the same mailbox', () =>
    onCutOff(
      async (at) => {
        const { caller, called } = await call(at.client)
        const digits = called.events('DTMF')
        const first = digits.next()
        await whileAway(at, () => sleep(at.clock, 5000))
        expect(await stateOf(first)).toBe('pending')
        await caller.sendDtmf('7')
        expect(((await first).value as { get(name: string): string }).get('DTMF-Digit')).toBe('7')
        expect(names(called).filter((name) => name.endsWith('*'))).toEqual([])
      },
      { apps: [answering()] },
    ))

  it('the end of a playback: the flow goes on with the next', () => {
    const seen: string[] = []
    const app: ClientApp = {
      name: 'Playing',
      on: {
        async CHANNEL_PARK(sess) {
          if (sess.direction !== 'inbound') return
          await sess.answer()
          for (const file of ['test/short.wav', 'test/half.wav']) {
            await sess.playback(file)
            seen.push(file)
          }
          await sess.hangup()
        },
      },
    }
    return onCutOff(
      async (at) => {
        const { called } = await call(at.client)
        await sleep(at.clock, 200)
        expect(seen).toEqual([])
        await whileAway(at, () => sleep(at.clock, 5000))
        await called.recv('CHANNEL_HANGUP')
        expect([seen, called.cause, at.failures]).toEqual([
          ['test/short.wav', 'test/half.wav'],
          'NORMAL_CLEARING',
          [],
        ])
        expect(names(called).filter((name) => name === 'CHANNEL_EXECUTE_COMPLETE*')).toHaveLength(1)
      },
      { apps: [app] },
    )
  })

  it('a playback that still goes on is waited for', () =>
    onCutOff(
      async (at) => {
        const { called } = await call(at.client)
        const played = called.playback('test/long.wav')
        await sleep(at.clock, 500)
        await whileAway(at, () => sleep(at.clock, 3000))
        await sleep(at.clock, 10_000)
        expect(await stateOf(played)).toBe('pending')
        const event = await played
        expect([event.has('Switchix-Made-Up'), event.get('Application-Response')]).toEqual([
          false,
          'FILE PLAYED',
        ])
      },
      { apps: [answering()] },
    ))

  it('a bridge, and the end of one', () =>
    onCutOff(async (at) => {
      const { called: caller } = await ringing(at)
      const bridged = caller.bridge({
        dest: 'other@127.0.0.1:5080',
        profile: 'external',
        continueOnFail: true,
      })
      await sleep(at.clock, 100)
      const far = at.client.sessions.at(-1)
      expect([at.client.countSessions(), far?.answered]).toEqual([4, false])
      await whileAway(at, async (other) => {
        await other.api(`uuid_answer ${far?.uuid}`)
        await sleep(at.clock, 1000)
      })
      const bridge = await bridged
      expect(names(caller).at(-1)).toBe('CHANNEL_BRIDGE*')
      const ended = kept(bridge.ended)
      await whileAway(at, async (other) => {
        await other.api(`uuid_kill ${far?.uuid}`)
        await sleep(at.clock, 1000)
      })
      expect((await ended).get('Bridge-B-Unique-ID')).toBe(bridge.uuid)
      expect([far?.lost, caller.hungup]).toEqual([true, false])
    }))

  it('a call that came in is taken, as if it had come now', () => {
    const parked: string[] = []
    const app: ClientApp = {
      name: 'Taking',
      on: {
        CHANNEL_PARK(sess) {
          if (sess.direction === 'outbound') return
          parked.push(sess.uuid)
          return sess.answer()
        },
      },
    }
    return onCutOff(
      async (at) => {
        let placed: Promise<unknown> | undefined
        await whileAway(at, async (other) => {
          placed = other.bgapi('originate sofia/external/park@127.0.0.1:5080 &park()')
          await sleep(at.clock, 1000)
        })
        await sleep(at.clock, 500)
        expect(at.client.sessions.map(({ answered, direction }) => [direction, answered])).toEqual([
          ['outbound', true],
          ['inbound', true],
        ])
        expect(parked).toHaveLength(1)
        await outcomeOf(placed as Promise<unknown>)
      },
      { apps: [app] },
    )
  })
})

describe('coming back', () => {
  it('does not give an event twice that comes by itself, too', () =>
    onCutOff(
      async (at) => {
        // Events of many calls are on their way while the sessions are looked at.
        const calls = Array.from({ length: 40 }, () => at.client.originate(ITSELF).catch(() => undefined))
        await sleep(at.clock, 30)
        at.wire.cut()
        await at.until('connected')
        await sleep(at.clock, 2000)
        for (const sess of at.client.sessions)
          for (const name of ['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_PARK'])
            expect(names(sess).filter((each) => each.startsWith(name)).length, `${sess.uuid} ${name}`).toBe(1)
        expect(at.client.countSessions()).toBe(80)
        await Promise.all(calls)
        await at.client.hupall()
        await sleep(at.clock, 1000)
        expect(at.client.countSessions()).toBe(0)
      },
      { apps: [answering()] },
    ))
})
