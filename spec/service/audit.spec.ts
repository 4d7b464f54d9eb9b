import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Client, ClientApp } from '../../lib/service/client.ts'
import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { reply, response } from '../link/peer.ts'
import { answering, ITSELF } from './on-embedded-switch.ts'
import { lossy, loseOnce, type Fate, type WireFrame } from './lossy.ts'
import { channelEvent, jobEvent, jobUuidOf, onScriptedSwitch } from './on-scripted-switch.ts'

interface Lossy {
  readonly clock: VirtualClock
  readonly sim: EmbeddedSwitch
  readonly client: Client
}

/** Runs a spec with a client of an embedded switch, over a line that loses what `fate` says. */
const onLossy = async (
  fate: (frame: WireFrame) => Fate,
  run: (at: Lossy) => Promise<void>,
  options: ConnectOptions = {},
): Promise<void> => {
  const clock = virtualClock()
  const body = async (): Promise<void> => {
    await using sim = await simulate({ seed: 1, clock, transport: 'memory' })
    await using client = await connect(lossy(sim, fate), { apps: [answering()], ...options })
    await run({ clock, sim, client })
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}

const lose = (...names: string[]) => {
  return ({ event }: WireFrame): Fate => (event !== undefined && names.includes(event) ? 'lost' : 'comes')
}

describe('a lost event', () => {
  it('CHANNEL_DESTROY: the session ends with the cause of its hangup, within ten seconds', () =>
    onLossy(lose('CHANNEL_DESTROY'), async ({ client, clock, sim }) => {
      const caller = await client.originate(ITSELF)
      const { call } = caller
      await caller.hangup('USER_BUSY')
      const began = clock.now()
      await call.ended
      expect(clock.now() - began).toBeLessThanOrEqual(10_100)
      expect([caller.cause, caller.lost, caller.recovered]).toEqual(['USER_BUSY', false, true])
      expect([client.countSessions(), client.countCalls(), sim.channels()]).toEqual([0, 0, 0])
      expect(client.counts.recovered).toBe(2)
    }))

  it('all of its end: the session ends as lost once the switch has said three times that it has no such channel', () =>
    onLossy(
      lose('CHANNEL_HANGUP', 'CHANNEL_HANGUP_COMPLETE', 'CHANNEL_DESTROY'),
      async ({ client, clock, sim }) => {
        const caller = await client.originate(ITSELF)
        const wait = kept(caller.recv('DTMF'))
        await client.api(`uuid_kill ${caller.uuid}`)
        await sleep(clock, 29_000)
        expect(await stateOf(wait)).toBe('pending')
        await sleep(clock, 16_000)
        expect(await outcomeOf(wait)).toMatchObject({ code: 'HANGUP', hangupCause: 'LOST' })
        expect([caller.lost, caller.recovered, client.countSessions(), sim.channels()]).toEqual([
          true,
          true,
          0,
          0,
        ])
      },
    ))

  it('BACKGROUND_JOB of an originate that is answered: it resolves with its session, and says that it was recovered', () =>
    onLossy(lose('BACKGROUND_JOB'), async ({ client, clock }) => {
      const began = clock.now()
      const job = client.originate(ITSELF)
      const caller = await job
      expect(clock.now() - began).toBeLessThanOrEqual(11_000)
      expect([caller.answered, caller.hungup, job.recovered, client.countJobs()]).toEqual([
        true,
        false,
        true,
        0,
      ])
      await client.hupall()
      await sleep(clock, 1000)
    }))

  it('BACKGROUND_JOB of an originate that fails: it rejects with the cause of its session', () =>
    onLossy(
      lose('BACKGROUND_JOB'),
      async ({ client }) => {
        const job = kept(client.originate(ITSELF))
        expect(await outcomeOf(job)).toMatchObject({ code: 'JOB_FAILED', reply: 'CALL_REJECTED' })
        expect(client.countJobs()).toBe(0)
      },
      { apps: [refusingApp()] },
    ))

  it('BACKGROUND_JOB of an originate of which no channel was seen: it rejects with TIMEOUT after its own timeout', () =>
    onLossy(lose('BACKGROUND_JOB'), async ({ client, clock }) => {
      const began = clock.now()
      const job = kept(client.originate('x@y', { profile: 'nosuch', timeout: 20_000 }))
      expect(await outcomeOf(job)).toMatchObject({ code: 'TIMEOUT' })
      expect(clock.now() - began).toBeGreaterThanOrEqual(30_000)
      expect(clock.now() - began).toBeLessThanOrEqual(41_000)
      await job.settled()
    }))

  it('BACKGROUND_JOB of another job: it rejects with TIMEOUT', () =>
    onLossy(lose('BACKGROUND_JOB'), async ({ client }) => {
      expect(await outcomeOf(kept(client.bgapi('status', { timeout: 60_000 })))).toMatchObject({
        code: 'TIMEOUT',
      })
      expect(client.countJobs()).toBe(0)
    }))

  it('CHANNEL_CREATE: the leg of a call that was placed becomes a session with its next event', () =>
    onLossy(lose('CHANNEL_CREATE', 'CHANNEL_ORIGINATE'), async ({ client, clock, sim }) => {
      const caller = await client.originate(ITSELF)
      expect([caller.answered, caller.peer?.answered, client.countSessions()]).toEqual([true, true, 2])
      expect(caller.history[0]?.get('Switchix-Made-Up')).toBe('true')
      await caller.hangup()
      await sleep(clock, 1000)
      expect([client.countSessions(), sim.channels()]).toEqual([0, 0])
    }))

  it('CHANNEL_PARK: it is made up, so that the call is answered after all', () =>
    onLossy(lose('CHANNEL_PARK'), async ({ client, clock }) => {
      const began = clock.now()
      const caller = await client.originate(ITSELF)
      expect(clock.now() - began).toBeLessThanOrEqual(16_000)
      expect(caller.peer?.recovered).toBe(true)
      await client.hupall()
      await sleep(clock, 1000)
    }))

  it('CHANNEL_EXECUTE_COMPLETE: the verb that waits for it is done once the channel is through with it', () =>
    onLossy(
      loseOnce('CHANNEL_EXECUTE_COMPLETE'),
      async ({ client, clock }) => {
        const caller = await client.originate(ITSELF, { app: undefined })
        const played = caller.playback('test/short.wav')
        const event = await played
        expect(event.get('Switchix-Made-Up')).toBe('true')
        await caller.playback('test/short.wav')
        await client.hupall()
        await sleep(clock, 1000)
      },
      { apps: [ringingThenAnswered()] },
    ))

  it('is not told of twice where it was only late', () => {
    const parks: string[] = []
    const app: ClientApp = {
      name: 'Parks',
      on: {
        CHANNEL_PARK: (sess) =>
          sess.direction === 'inbound' ? (parks.push(sess.uuid), sess.answer()) : undefined,
      },
    }
    return onLossy(
      ({ event }) => (event === 'CHANNEL_PARK' ? 40_000 : 'comes'),
      async ({ client, clock }) => {
        const caller = await client.originate(ITSELF)
        await sleep(clock, 60_000)
        expect(parks).toEqual([caller.peer?.uuid])
        await client.hupall()
        await sleep(clock, 1000)
      },
      { apps: [app] },
    )
  })
})

/** Rejects every call that comes in. */
const refusingApp = (): ClientApp => ({
  name: 'Refusing',
  on: { CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.hangup('CALL_REJECTED') : undefined) },
})

/** Answers by an API, so that no CHANNEL_EXECUTE_COMPLETE comes of it. */
const ringingThenAnswered = (): ClientApp => ({
  name: 'Answering',
  on: {
    CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.api(`uuid_answer ${sess.uuid}`) : undefined),
  },
})

describe('every wait', () => {
  it('for the answer of the switch is bounded: a job of which a silent switch says nothing rejects', () =>
    onScriptedSwitch(
      async (at) => {
        const job = kept(at.client.originate('x@y', { timeout: 5000 }))
        expect(await outcomeOf(job)).toMatchObject({ code: 'TIMEOUT' })
      },
      { answer: (command) => (command.startsWith('api uuid_') ? '' : undefined) },
    ))

  it('for the effect of what is no application ends as IN_DOUBT where no event of it comes', () =>
    onScriptedSwitch(
      async (at) => {
        await at.say(channelEvent('CHANNEL_CREATE', 'A'), channelEvent('CHANNEL_ANSWER', 'A'))
        const [sess] = at.client.sessions
        const start = kept(sess?.startRecord('/tmp/x.wav') as Promise<unknown>)
        expect(await outcomeOf(start)).toMatchObject({ code: 'IN_DOUBT' })
        await at.say(channelEvent('CHANNEL_DESTROY', 'A'))
      },
      {
        answer(command) {
          if (command.startsWith('api uuid_exists')) return response('true')
          if (command.startsWith('api uuid_dump'))
            return response('Event-Name: CHANNEL_DATA\nUnique-ID: A\nAnswer-State: answered\n\n')
          return command.startsWith('api') ? response('+OK\n') : undefined
        },
      },
    ))
})

describe('an originate that the switch says has worked, and whose session nobody saw', () => {
  it('is looked up at the switch, and resolves with its session', () =>
    onScriptedSwitch(
      async (at) => {
        const job = kept(at.client.originate('x@y', { uuid: 'A' }))
        await at.say(jobEvent(jobUuidOf(at.commands.at(-1)), '+OK A'))
        expect(await outcomeOf(job)).toMatchObject({ uuid: 'A', answered: true, recovered: true })
        await at.say(channelEvent('CHANNEL_DESTROY', 'A'))
      },
      {
        answer(command) {
          if (command.startsWith('api uuid_exists')) return response('true')
          if (command.startsWith('api uuid_dump'))
            return response('Event-Name: CHANNEL_DATA\nUnique-ID: A\nAnswer-State: answered\n\n')
          return undefined
        },
      },
    ))
})

describe('the audit', () => {
  it('asks nothing for calls that are shorter than its patience, and one thing a minute for one that is silent', async () => {
    const asked: string[] = []
    await onScriptedSwitch(
      async (at) => {
        for (let i = 0; i < 50; i++) {
          await at.say(channelEvent('CHANNEL_CREATE', `S${i}`), channelEvent('CHANNEL_ANSWER', `S${i}`))
          await sleep(at.clock, 200)
          await at.say(channelEvent('CHANNEL_HANGUP', `S${i}`), channelEvent('CHANNEL_DESTROY', `S${i}`))
        }
        expect(asked).toEqual([])
        await at.say(channelEvent('CHANNEL_CREATE', 'L'), channelEvent('CHANNEL_ANSWER', 'L'))
        await sleep(at.clock, 600_000)
        expect(asked.length).toBeGreaterThanOrEqual(8)
        expect(asked.length).toBeLessThanOrEqual(10)
        await at.say(channelEvent('CHANNEL_DESTROY', 'L'))
      },
      {
        answer(command) {
          if (!command.startsWith('api uuid_')) return undefined
          asked.push(command)
          return response('true')
        },
      },
    )
  })

  it('asks for a bounded number of sessions at a time, be there thousands', async () => {
    const asked: number[] = []
    let clock: VirtualClock | undefined
    await onScriptedSwitch(
      async (at) => {
        clock = at.clock
        for (let i = 0; i < 2000; i += 100)
          await at.say(
            ...Array.from({ length: 100 }, (_, j) => channelEvent('CHANNEL_CREATE', `S${i + j}`)),
            ...Array.from({ length: 100 }, (_, j) => channelEvent('CHANNEL_ANSWER', `S${i + j}`)),
          )
        await sleep(at.clock, 120_000)
        const perLook = new Map<number, number>()
        for (const time of asked)
          perLook.set(Math.floor(time / 5000), (perLook.get(Math.floor(time / 5000)) ?? 0) + 1)
        expect(Math.max(...perLook.values())).toBeLessThanOrEqual(200)
        expect(asked.length).toBeGreaterThanOrEqual(2000)
      },
      {
        answer(command) {
          if (!command.startsWith('api uuid_exists')) return undefined
          asked.push(clock?.now() ?? 0)
          return response('true')
        },
      },
    )
  })

  it('does not end a session for an answer other than false', () =>
    onScriptedSwitch(
      async (at) => {
        await at.say(channelEvent('CHANNEL_CREATE', 'A'))
        await sleep(at.clock, 300_000)
        expect(at.client.countSessions()).toBe(1)
        await at.say(channelEvent('CHANNEL_DESTROY', 'A'))
      },
      { answer: (command) => (command.startsWith('api') ? response('-ERR no permission\n') : reply('+OK')) },
    ))

  it('can be switched off', async () => {
    const asked: string[] = []
    await onScriptedSwitch(
      async (at) => {
        await at.say(channelEvent('CHANNEL_CREATE', 'A'))
        await sleep(at.clock, 300_000)
        expect(asked).toEqual([])
        await at.say(channelEvent('CHANNEL_DESTROY', 'A'))
      },
      {
        audit: false,
        answer(command) {
          if (command.startsWith('api uuid_')) asked.push(command)
          return undefined
        },
      },
    )
  })
})

describe('no live call', () => {
  /** A channel at a scripted switch: when it is renamed, when it ends, how late its events and the answers come. */
  interface Life {
    readonly renamedAt: number | undefined
    readonly endsAt: number
    readonly lag: number
  }

  it('is ended by the audit in 10,000 lives, whatever its events lag behind the answers, and be it renamed meanwhile', async () => {
    await liveThrough(10_000)
  }, 120_000)

  const liveThrough = async (lives: number): Promise<void> => {
    const arbitrary: fc.Arbitrary<Life> = fc.record({
      renamedAt: fc.option(fc.integer({ min: 25_000, max: 110_000 }), { nil: undefined }),
      endsAt: fc.integer({ min: 20_000, max: 120_000 }),
      lag: fc.integer({ min: 0, max: 3000 }),
    })
    const all = fc.sample(arbitrary, { numRuns: lives, seed: 14 })
    for (let i = 0; i < lives; i += 500) await runLives(all.slice(i, i + 500))
  }

  const runLives = async (lives: readonly Life[]): Promise<void> => {
    const up = new Set<string>()
    const wrong: string[] = []
    await onScriptedSwitch(
      async (at) => {
        const later = (ms: number, fn: () => void): void => void at.clock.setTimeout(fn, ms)
        const name = (i: number, life: Life, now: number): string =>
          life.renamedAt !== undefined && now >= life.renamedAt ? `R${i}` : `S${i}`
        for (const [i, life] of lives.entries()) {
          const { renamedAt, endsAt, lag } = life
          const say = (frame: string): void => later(lag, () => at.peer.write(frame))
          up.add(`S${i}`)
          say(channelEvent('CHANNEL_CREATE', `S${i}`) + channelEvent('CHANNEL_ANSWER', `S${i}`))
          if (renamedAt !== undefined && renamedAt < endsAt)
            later(renamedAt, () => {
              up.delete(`S${i}`)
              up.add(`R${i}`)
              say(channelEvent('CHANNEL_UUID', `R${i}`, { 'Old-Unique-ID': `S${i}` }))
            })
          later(endsAt, () => {
            const uuid = name(i, life, endsAt)
            up.delete(uuid)
            say(channelEvent('CHANNEL_HANGUP', uuid, { 'Hangup-Cause': 'NORMAL_CLEARING' }))
            say(channelEvent('CHANNEL_DESTROY', uuid))
          })
        }
        at.client.onCallEnd((call) => {
          for (const { uuid, recovered } of call.sessions) if (recovered || up.has(uuid)) wrong.push(uuid)
        })
        await sleep(at.clock, 130_000)
        expect(wrong).toEqual([])
        expect([at.client.countSessions(), at.client.counts.recovered]).toEqual([0, 0])
      },
      {
        answer(command) {
          const asked = /^api uuid_exists (\S+)/.exec(command)?.[1]
          return asked === undefined ? undefined : response(String(up.has(asked)))
        },
      },
    )
  }
})
