import { describe, expect, it } from 'vitest'
import { calleeBlockOnInvite } from '../../lib/apps/callee-block-on-invite.ts'
import { sleep } from '../../lib/clock.ts'
import { ITSELF, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

describe('CalleeBlockOnInvite', () => {
  it.each([
    [undefined, 'NORMAL_CLEARING', 'sip:480'],
    ['USER_BUSY', 'USER_BUSY', 'sip:486'],
    [486, 'USER_BUSY', 'sip:486'],
    [403, 'CALL_REJECTED', 'sip:403'],
    [503, 'NORMAL_TEMPORARY_FAILURE', 'sip:503'],
  ] as const)('rejects what comes in: %s', (response, cause, status) =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const job = client.originate(ITSELF)
        expect(await outcomeOf(job)).toMatchObject({ code: 'JOB_FAILED', reply: cause })
        const callee = job.session?.call.last
        await sleep(clock, 1000)
        expect([callee?.answered, callee?.cause]).toEqual([false, cause])
        expect(job.session?.get('variable_proto_specific_hangup_cause')).toBe(status)
        expect([client.countSessions(), failures]).toEqual([0, []])
      },
      { apps: [calleeBlockOnInvite(response === undefined ? {} : { response })] },
    ),
  )

  it('rejects by a cause before the dialplan has seen the call', () =>
    onEmbeddedSwitch(
      async ({ client, clock }) => {
        const job = client.originate(ITSELF)
        await outcomeOf(job)
        await sleep(clock, 1000)
        const { create = NaN, hangup = NaN } = job.session?.call.last?.times ?? {}
        expect(hangup - create).toBeLessThan(20)
      },
      { apps: [calleeBlockOnInvite()], sim: { dialplan: () => [{ app: 'sleep', arg: '5000' }] } },
    ))

  it.each([200, 180, 700, 486.5, 'NOSUCH_CAUSE', true])('takes %s for no rejection', (response) => {
    expect(() => calleeBlockOnInvite({ response: response as number })).toThrow(/response of CalleeBlock/)
  })
})
