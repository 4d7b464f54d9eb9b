import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { answering, call, ITSELF, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'

/** The called leg of a call that nobody answers by itself, while it is parked. */
const parked = async (run: (called: Session, job: Promise<Session>) => Promise<void>): Promise<void> =>
  onEmbeddedSwitch(async ({ client, clock }) => {
    const job = kept(client.originate(ITSELF))
    while (client.countSessions() < 2) await sleep(clock, 1)
    const [, called] = client.sessions
    await called?.recv('CHANNEL_PARK')
    await run(called as Session, job)
  })

describe('on a real order of events', () => {
  it('answer resolves with CHANNEL_ANSWER, and at once on what is answered already', () =>
    parked(async (called, job) => {
      expect((await called.answer()).name).toBe('CHANNEL_ANSWER')
      expect(called.answered).toBe(true)
      expect((await called.answer()).name).toBe('CHANNEL_EXECUTE_COMPLETE')
      const caller = await job
      expect([caller.answered, caller.peer?.uuid, called.peer]).toEqual([true, called.uuid, caller])
    }))

  it('ringReady and preAnswer resolve when they are done; the caller hears of it', () =>
    parked(async (called) => {
      await called.ringReady()
      expect(called.times.progress).toBeGreaterThan(0)
      await called.preAnswer()
      expect(called.times.progressMedia).toBeGreaterThan(0)
    }))

  it('respond ends the call with the cause of its status', () =>
    parked(async (called, job) => {
      expect((await called.respond('486 Busy Here')).name).toMatch(/CHANNEL_HANGUP|CHANNEL_EXECUTE_COMPLETE/)
      expect(await outcomeOf(job)).toMatchObject({ code: 'JOB_FAILED', reply: 'USER_BUSY' })
    }))

  it('hangup resolves with CHANNEL_HANGUP; twice, or on what is gone, it is the same event', () =>
    onEmbeddedSwitch(
      async ({ client, clock }) => {
        const { caller, called } = await call(client)
        const [first, second] = await Promise.all([caller.hangup('USER_BUSY'), caller.hangup()])
        expect([first.name, second === first, caller.cause]).toEqual(['CHANNEL_HANGUP', true, 'USER_BUSY'])
        await called.recv('CHANNEL_DESTROY')
        await sleep(clock, 100)
        expect([await caller.hangup(), client.countSessions(), client.countCalls()]).toEqual([first, 0, 0])
      },
      { apps: [answering()] },
    ))

  it('both legs hung up at a time is no failure of either', () =>
    onEmbeddedSwitch(
      async ({ client }) => {
        const { caller, called } = await call(client)
        const both = await Promise.all([
          caller.hangup(),
          called.hangup(),
          called.setVar('x', 1).catch(() => 0),
        ])
        expect(both.slice(0, 2)).toMatchObject([{ name: 'CHANNEL_HANGUP' }, { name: 'CHANNEL_HANGUP' }])
      },
      { apps: [answering()] },
    ))

  it('schedHangup hangs up after that time; clearTasks takes it back', () =>
    onEmbeddedSwitch(
      async ({ client, clock }) => {
        const { caller } = await call(client)
        const start = clock.now()
        await caller.schedHangup(2000, 'USER_BUSY')
        await caller.clearTasks()
        await sleep(clock, 5000)
        expect(caller.hungup).toBe(false)
        await caller.schedHangup(2000, 'ALLOTTED_TIMEOUT')
        await caller.recv('CHANNEL_HANGUP')
        expect(caller.cause).toBe('ALLOTTED_TIMEOUT')
        expect(Math.round((clock.now() - start) / 1000)).toBe(7)
      },
      { apps: [answering()] },
    ))

  it('the end of a session is the end of every wait for it: flows, verbs, its peer', () =>
    onEmbeddedSwitch(
      async ({ client, failures }) => {
        const { caller, called } = await call(client)
        const waits = [caller.recv('DTMF'), caller.echo(), called.recv('CHANNEL_BRIDGE')].map((each) =>
          kept(each),
        )
        await caller.hangup()
        for (const wait of [waits[0], waits[2]])
          expect(await outcomeOf(wait as Promise<unknown>)).toMatchObject({ code: 'HANGUP' })
        expect(await stateOf(waits[1] as Promise<unknown>)).not.toBe('pending')
        expect(failures).toEqual([])
      },
      { apps: [answering()] },
    ))

  it('a hangup cause that does not exist is refused before it is sent', () =>
    onEmbeddedSwitch(
      async ({ client }) => {
        const { caller } = await call(client)
        expect(await outcomeOf(caller.hangup('BORED'))).toMatchObject({ code: 'BAD_ARGUMENT' })
        expect(await outcomeOf(caller.schedHangup(1, 'BORED'))).toMatchObject({
          code: 'BAD_ARGUMENT',
        })
        expect(caller.hungup).toBe(false)
      },
      { apps: [answering()] },
    ))
})
