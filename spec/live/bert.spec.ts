import { expect, it, type TestContext } from 'vitest'
import { bert, type BertOptions } from '../../lib/apps/bert.ts'
import { sleep, systemClock } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { describeLive, onRealSwitch, type Real } from './on-real-switch.ts'

const ID = 'switchix-bert'

/** Places a call of the app on the real switch; skips the spec where that has no mod_bert. */
const onCall = (
  context: TestContext,
  options: BertOptions,
  run: (at: Real & { app: ReturnType<typeof bert>; caller: Session; called: Session }) => Promise<void>,
): Promise<void> =>
  onRealSwitch(context, async (real) => {
    if ((await real.client.api('module_exists mod_bert')) !== 'true')
      context.skip('the switch has no mod_bert')
    const app = bert(options)
    await real.client.load(app, { id: ID })
    try {
      // Nothing else does for mod_bert.
      const legs = await real.call({ app: ID, vars: { absolute_codec_string: 'PCMU' } })
      await run({ ...real, app, ...legs })
    } finally {
      await real.client.hupall({ app: ID })
    }
  })

describeLive('Bert on a real switch', () => {
  it.for([false, true])('comes in sync (on both legs: %s)', (twoSided, context) =>
    onCall(context, { twoSided }, async ({ app, caller, called, failures }) => {
      const legs = twoSided ? [caller, called] : [caller]
      await Promise.all(legs.map((leg) => leg.recv('mod_bert::in_sync', { timeout: 5000 })))
      await sleep(systemClock, 100)
      expect([app.counts, app.failures]).toEqual([{ inSync: 1, lostSync: 0, timedOut: 0 }, []])
      await caller.hangup()
      expect(failures).toEqual([])
    }),
  )

  it('loses its sync when the echo ends', (context) =>
    onCall(context, {}, async ({ app, caller, called }) => {
      await caller.recv('mod_bert::in_sync', { timeout: 5000 })
      await called.breakMedia()
      await caller.recv('CHANNEL_HANGUP', { timeout: 5000 })
      await sleep(systemClock, 100)
      expect([caller.cause, app.counts]).toEqual(['MEDIA_TIMEOUT', { inSync: 1, lostSync: 1, timedOut: 0 }])
      const { percent = 0, errSamples = 0 } = app.failures[0] ?? {}
      expect([percent > 50, errSamples]).toEqual([true, percent * 80])
    }))

  it('gives up on a callee that is silent', (context) =>
    onCall(context, { timeout: 1500 }, async ({ app, caller, called }) => {
      await sleep(systemClock, 200)
      await called.breakMedia()
      await caller.recv('CHANNEL_HANGUP', { timeout: 5000 })
      await sleep(systemClock, 100)
      expect([caller.cause, app.counts]).toEqual(['MEDIA_TIMEOUT', { inSync: 0, lostSync: 0, timedOut: 1 }])
    }))

  it('answers after its delays, with early media before', (context) =>
    onCall(
      context,
      { ringResponse: 'preAnswer', postDialDelay: 300, postResponseDelay: 700 },
      async ({ app, caller, called }) => {
        await caller.recv('mod_bert::in_sync', { timeout: 5000 })
        const time = (name: string): number => called.history.find((each) => each.name === name)?.time ?? NaN
        const early = time('CHANNEL_PROGRESS_MEDIA')
        expect(early - time('CHANNEL_PARK')).toBeGreaterThan(250)
        expect(time('CHANNEL_ANSWER') - early).toBeGreaterThan(650)
        await sleep(systemClock, 100)
        expect(app.counts.inSync).toBe(1)
      },
    ))
})
