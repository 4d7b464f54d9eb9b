import { randomUUID } from 'node:crypto'
import { expect, it, type TestContext } from 'vitest'
import { calleeBlockOnInvite } from '../../lib/apps/callee-block-on-invite.ts'
import { calleeRingback } from '../../lib/apps/callee-ringback.ts'
import { dtmfChecker } from '../../lib/apps/dtmf-checker.ts'
import { sleep, systemClock } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { describeLive, onRealSwitch, type Real } from './on-real-switch.ts'

interface Failed extends Real {
  readonly reply: string
  readonly caller: Session
  readonly callee: Session
}

/** Places a call that this app keeps from being answered; gives what the caller was told. */
const onFailure = (context: TestContext, app: ClientApp, run: (at: Failed) => void): Promise<void> =>
  onRealSwitch(context, async (real) => {
    const id = `switchix-${randomUUID()}`
    await real.client.subscribe('PLAYBACK_START')
    await real.client.load(app, { id })
    const job = real.client.originate(`switchix@${await real.profile('external')}`, {
      app: id,
      timeout: 20_000,
    })
    const reply = await job.then(
      () => 'answered',
      (error: unknown) => (error as { reply: string }).reply,
    )
    const caller = job.session as Session
    const callee = caller.call.last as Session
    await caller.call.ended
    run({ ...real, reply, caller, callee })
    expect([callee.answered, real.failures]).toEqual([false, []])
  })

const names = (leg: Session): string[] => leg.history.map(({ name }) => name)

describeLive('the apps of the callee on a real switch', () => {
  it.for([
    [undefined, 'NORMAL_CLEARING', 'sip:480'],
    ['USER_BUSY', 'USER_BUSY', 'sip:486'],
    [486, 'USER_BUSY', 'sip:486'],
    [503, 'NORMAL_TEMPORARY_FAILURE', 'sip:503'],
  ] as const)('CalleeBlockOnInvite rejects with %s', ([response, cause, status], context) =>
    onFailure(context, calleeBlockOnInvite(response === undefined ? {} : { response }), (at) => {
      expect([at.reply, at.caller.get('variable_proto_specific_hangup_cause')]).toEqual([cause, status])
    }),
  )

  it.for(['preAnswer', 'ringReady'] as const)(
    'CalleeRingback, %s: the callee hangs up',
    (ringResponse, context) =>
      onFailure(
        context,
        calleeRingback({ ringResponse, calleeHangupAfter: 1500, cause: 'USER_BUSY' }),
        (at) => {
          expect(at.reply).toBe('USER_BUSY')
          const { progress, progressMedia, hangup = NaN } = at.callee.times
          expect(ringResponse === 'preAnswer' ? progress : progressMedia).toBeUndefined()
          expect(Math.abs(hangup - (progress ?? progressMedia ?? NaN) - 1500)).toBeLessThan(200)
          expect(names(at.callee).includes('PLAYBACK_START')).toBe(ringResponse === 'preAnswer')
        },
      ),
  )

  it('CalleeRingback: the caller hangs up', (context) =>
    onFailure(context, calleeRingback({ callerHangupAfter: 1500 }), (at) => {
      expect(at.reply).toBe('ORIGINATOR_CANCEL')
      const { progressMedia = NaN, hangup = NaN } = at.caller.times
      expect(Math.abs(hangup - progressMedia - 1500)).toBeLessThan(200)
    }))

  it('DtmfChecker finds that all digits have come', (context) =>
    onRealSwitch(context, async ({ client, call, failures }) => {
      const id = `switchix-${randomUUID()}`
      const app = dtmfChecker({ sequence: '159*0#D', digitDuration: 100 })
      await client.load(app, { id })
      const { caller, called } = await call({ app: id })
      expect(app.incomplete).toMatchObject([{ uuid: called.uuid }])
      await sleep(systemClock, 7 * 600)
      expect([app.passed, app.failed, app.incomplete]).toEqual([1, [], []])
      await caller.hangup()
      await caller.call.ended
      expect(failures).toEqual([])
    }))
})
