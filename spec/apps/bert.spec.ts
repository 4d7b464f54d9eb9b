import { describe, expect, it } from 'vitest'
import { bert, type BertOptions } from '../../lib/apps/bert.ts'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { call, onEmbeddedSwitch, type Embedded } from '../service/on-embedded-switch.ts'

/** Places a call between two legs of the app, and gives its findings besides. */
const onCall = (
  options: BertOptions,
  run: (at: Embedded & { app: ReturnType<typeof bert>; caller: Session; called: Session }) => Promise<void>,
): Promise<void> => {
  const app = bert(options)
  return onEmbeddedSwitch(async (at) => run({ ...at, app, ...(await call(at.client)) }), { apps: [app] })
}

const since = (sess: Session, from: string, to: string): number => {
  const time = (name: string): number => sess.history.find((event) => event.name === name)?.time ?? NaN
  return time(to) - time(from)
}

describe('Bert', () => {
  it.each([false, true])('counts a call once that comes in sync (on both legs: %s)', (twoSided) =>
    onCall({ twoSided }, async ({ app, clock, caller, called, client, failures }) => {
      await caller.recv('mod_bert::in_sync', { timeout: 1500 })
      await sleep(clock, 10_000)
      expect(called.history.some(({ name }) => name === 'mod_bert::in_sync')).toBe(twoSided)
      expect([app.counts, app.failures]).toEqual([{ inSync: 1, lostSync: 0, timedOut: 0 }, []])
      await caller.hangup()
      await sleep(clock, 1000)
      expect([client.countSessions(), failures]).toEqual([0, []])
    }),
  )

  it('tells of a lost sync with its statistics, and ends the call', () =>
    onCall({}, async ({ app, clock, caller, called, failures }) => {
      await caller.recv('mod_bert::in_sync')
      await called.breakMedia()
      await caller.recv('CHANNEL_HANGUP', { timeout: 3000 })
      await sleep(clock, 1000)
      expect([caller.cause, app.counts]).toEqual(['MEDIA_TIMEOUT', { inSync: 1, lostSync: 1, timedOut: 0 }])
      const { uuid, node } = caller
      expect(app.failures).toMatchObject([{ event: 'lost_sync', uuid, node, lostCount: 1 }])
      const { percent = 0, errSamples = 0, cngCount = 0 } = app.failures[0] ?? {}
      expect(percent).toBeGreaterThan(90)
      expect([errSamples, cngCount]).toEqual([percent * 80, percent / 2 + 1])
      expect(failures).toEqual([])
    }))

  it('marks both legs of a call that goes on out of sync, and counts it once', () =>
    onCall({ hangupOnError: false }, async ({ app, clock, caller, called }) => {
      for (let i = 0; i < 2; i++) {
        await caller.recv('mod_bert::in_sync')
        await called.breakMedia()
        await caller.recv('mod_bert::lost_sync')
        void called.echo()
      }
      await sleep(clock, 100)
      expect(await Promise.all([caller, called].map((leg) => leg.getVar('bert_stats_sync_lost')))).toEqual([
        'true',
        'true',
      ])
      expect(app.counts).toEqual({ inSync: 1, lostSync: 1, timedOut: 0 })
      expect(app.failures.map(({ lostCount }) => lostCount)).toEqual([1, 2])
      await caller.hangup()
    }))

  it('tells of a leg that hears nothing', () =>
    onCall({ timeout: 2000 }, async ({ app, clock, caller, called }) => {
      // The echo has begun by then, and not for long enough.
      await sleep(clock, 100)
      await called.breakMedia()
      await caller.recv('CHANNEL_HANGUP', { timeout: 5000 })
      await sleep(clock, 1000)
      expect([caller.cause, app.counts]).toEqual(['MEDIA_TIMEOUT', { inSync: 0, lostSync: 0, timedOut: 1 }])
      expect(app.failures).toEqual([{ event: 'timeout', uuid: caller.uuid, node: caller.node }])
    }))

  it.each([
    ['ringReady', 'CHANNEL_PROGRESS'],
    ['preAnswer', 'CHANNEL_PROGRESS_MEDIA'],
  ] as const)('has the callee %s after its delay, and answer after another', (ringResponse, event) =>
    onCall(
      { ringResponse, postDialDelay: 700, postResponseDelay: 2300 },
      async ({ app, clock, caller, called }) => {
        await caller.recv('mod_bert::in_sync', { timeout: 10_000 })
        expect(since(called, 'CHANNEL_PARK', event)).toBeGreaterThan(699)
        expect(since(called, 'CHANNEL_PARK', event)).toBeLessThan(800)
        expect(since(called, event, 'CHANNEL_ANSWER')).toBeGreaterThan(2299)
        expect(since(called, event, 'CHANNEL_ANSWER')).toBeLessThan(2400)
        await sleep(clock, 10)
        expect(app.counts.inSync).toBe(1)
        await caller.hangup()
      },
    ),
  )

  it('fails where the test cannot begin', () =>
    onCall({ timerName: 'nosuch' }, async ({ app, clock, caller, failures }) => {
      await sleep(clock, 1000)
      expect(failures).toMatchObject([{ session: caller.uuid, error: { code: 'COMMAND_FAILED' } }])
      expect(app.counts).toEqual({ inSync: 0, lostSync: 0, timedOut: 0 })
      await caller.hangup()
    }))
})
