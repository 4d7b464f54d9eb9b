import { describe, expect, it } from 'vitest'
import type { LoadSettings } from '../../lib/app/app.ts'
import { calleeRingback, type CalleeRingbackOptions } from '../../lib/apps/callee-ringback.ts'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { ITSELF, onEmbeddedSwitch, type Embedded } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

interface Rung extends Embedded {
  readonly outcome: Promise<unknown>
  readonly caller: Session
  readonly callee: Session
}

/** Places a call, and gives both legs once it has had a moment to ring. */
const ring = (
  options: CalleeRingbackOptions,
  run: (at: Rung) => Promise<void>,
  app = calleeRingback(options),
): Promise<void> =>
  onEmbeddedSwitch(
    async (at) => {
      await at.client.subscribe('CHANNEL_EXECUTE', 'PLAYBACK_STOP')
      const job = at.client.originate(ITSELF)
      const outcome = outcomeOf(job)
      await sleep(at.clock, 500)
      const caller = job.session as Session
      await run({ ...at, outcome, caller, callee: caller.peer as Session })
      await sleep(at.clock, 1000)
      expect([at.client.countSessions(), at.failures]).toEqual([0, []])
    },
    { apps: [app] },
  )

const names = (leg: Session): string[] => leg.history.map(({ name }) => name)
const played = (leg: Session): (string | undefined)[] =>
  leg.history
    .filter(({ name }) => name === 'CHANNEL_EXECUTE')
    .map((event) => event.get('Application-Data'))
    .filter((data) => data?.includes('tone_stream'))

describe('CalleeRingback', () => {
  it('gives early media, rings without end and never answers', () =>
    ring({}, async ({ clock, caller, callee, outcome }) => {
      expect(names(callee)).toContain('CHANNEL_PROGRESS_MEDIA')
      expect(played(callee)).toEqual(['{loops=-1}tone_stream://%(2000,4000,440,480)'])
      await sleep(clock, 50_000)
      expect([caller.hungup, caller.answered, callee.answered]).toEqual([false, false, false])
      expect(names(callee)).not.toContain('PLAYBACK_STOP')
      await caller.hangup('ORIGINATOR_CANCEL')
      expect(await outcome).toMatchObject({ reply: 'ORIGINATOR_CANCEL' })
    }))

  it('only says that it rings, where that is the response: nothing is played', () =>
    ring({ ringResponse: 'ringReady', calleeHangupAfter: 1000 }, async ({ callee, outcome }) => {
      expect(names(callee)).toContain('CHANNEL_PROGRESS')
      expect(names(callee)).not.toContain('CHANNEL_PROGRESS_MEDIA')
      expect(played(callee)).toEqual([])
      await outcome
    }))

  it.each([
    [{ calleeHangupAfter: 7500 }, 'NORMAL_CLEARING'],
    [{ calleeHangupAfter: 7500, cause: 'USER_BUSY' }, 'USER_BUSY'],
    [{ callerHangupAfter: 7500 }, 'ORIGINATOR_CANCEL'],
    [{ callerHangupAfter: 7500, calleeHangupAfter: 60_000 }, 'ORIGINATOR_CANCEL'],
  ] as const)('ends when one of the two has had enough: %o', (options, cause) =>
    ring(options, async ({ caller, callee, outcome }) => {
      expect(await outcome).toMatchObject({ code: 'JOB_FAILED', reply: cause })
      const { progressMedia = NaN, hangup = NaN } = ('calleeHangupAfter' in options ? callee : caller).times
      expect(Math.abs(hangup - progressMedia - 7500)).toBeLessThan(100)
      expect(callee.answered).toBe(false)
    }),
  )

  it.each([
    [true, 4000],
    [false, 9000],
  ])('follows the duration of an originator only where it is told to (%s)', (autoDuration, ms) => {
    const app = calleeRingback({ autoDuration, calleeHangupAfter: 9000 })
    app.settings?.({ duration: 4000 } as LoadSettings)
    return ring(
      {},
      async ({ callee, outcome }) => {
        await outcome
        const { progressMedia = NaN, hangup = NaN } = callee.times
        expect(Math.abs(hangup - progressMedia - ms)).toBeLessThan(100)
      },
      app,
    )
  })
})
