import { describe, expect, it } from 'vitest'
import { compose } from '../../lib/app/compose.ts'
import { withTimeout } from '../../lib/app/with-timeout.ts'
import { sleep } from '../../lib/clock.ts'
import type { OnFailure } from '../../lib/listener/on-failure.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { serve } from '../../lib/service/serve.ts'
import type { Phone } from '../../lib/sim/calls/phone.ts'
import { outcomeOf } from '../testing/promises.ts'
import { onEmbeddedSwitch, type Embedded } from '../service/on-embedded-switch.ts'

const failing = (onFailure?: OnFailure, before?: (sess: Session) => unknown): ClientApp => ({
  name: 'Failing',
  ...(onFailure !== undefined && { onFailure }),
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      await before?.(sess)
      throw new Error('a mistake')
    },
  },
})

/** A phone calls; two seconds later: how it is, and the cause that it was told. */
const afterCall = async ({ sim, clock }: Embedded): Promise<[Phone['state'], string | undefined]> => {
  const phone = sim.call({ to: '100' })
  let cause: string | undefined
  void phone.ended.then((told) => (cause = told))
  await sleep(clock, 2000)
  return [phone.state, cause]
}

describe('a call whose app fails', () => {
  const loaded = (app: ClientApp, onFailure: OnFailure | undefined, expected: unknown, counts: object) =>
    onEmbeddedSwitch(async (at) => {
      await at.client.load(app, { onFailure })
      expect(await afterCall(at)).toEqual(expected)
      expect(at.client.counts).toMatchObject({ appFailures: at.failures.length, ...counts })
    })

  const HUNG_UP = ['ended', 'NORMAL_TEMPORARY_FAILURE']

  it('is left as it is by default, which is reported and counted', () =>
    loaded(failing(), undefined, ['calling', undefined], {
      appFailures: 1,
      leftOnFailure: 1,
      hungUpOnFailure: 0,
    }))

  it.each<[string, OnFailure, unknown]>([
    ['with NORMAL_TEMPORARY_FAILURE', 'hangup', HUNG_UP],
    ['with the cause that was asked for', { hangup: 'USER_BUSY' }, ['ended', 'USER_BUSY']],
  ])('is hung up %s, by what the app says or its load', async (_, onFailure, expected) => {
    const counts = { appFailures: 1, leftOnFailure: 0, hungUpOnFailure: 1 }
    await loaded(failing(onFailure), undefined, expected, counts)
    await loaded(failing(), onFailure, expected, counts)
    await loaded(failing('leave'), onFailure, expected, counts)
  })

  it('is hung up also where its function throws at once, takes too long, or is one of several composed', async () => {
    const at = { name: 'Now', on: { CHANNEL_PARK: () => Promise.reject(new Error('x')) } }
    await loaded(at, 'hangup', HUNG_UP, { appFailures: 1 })
    const thrown = { name: 'Thrown', on: { CHANNEL_PARK: () => void JSON.parse('{') } }
    await loaded(thrown, 'hangup', HUNG_UP, { appFailures: 1 })
    const slow = failing('hangup', (sess) => sess.recv('DTMF'))
    await loaded(withTimeout(500, slow), undefined, HUNG_UP, { appFailures: 1 })
    const noting: ClientApp = { name: 'Noting', on: { CHANNEL_CREATE: () => undefined } }
    await loaded(compose(noting, failing('hangup')), undefined, HUNG_UP, { appFailures: 1 })
  })

  it('is what a function of the author makes of it', () =>
    loaded(
      failing((sess, { error }) => sess.hangup(String(error).includes('mistake') ? 'CALL_REJECTED' : 'NONE')),
      undefined,
      ['ended', 'CALL_REJECTED'],
      { hungUpOnFailure: 0, leftOnFailure: 0 },
    ))

  it('is hung up where that function fails, too', () =>
    loaded(
      failing(() => Promise.reject(new Error('another'))),
      undefined,
      HUNG_UP,
      { appFailures: 2, hungUpOnFailure: 1 },
    ))

  it('is left where it is bridged, by what its channel says at that moment', () =>
    onEmbeddedSwitch(
      async (at) => {
        const bridging = failing('hangup', async (sess) => {
          await sess.bridge({ dest: 'bob@192.0.2.1' })
        })
        await at.client.load(bridging)
        expect(await afterCall(at)).toEqual(['answered', undefined])
        expect(at.client.counts).toMatchObject({ appFailures: 1, leftOnFailure: 1, hungUpOnFailure: 0 })
      },
      { sim: { calledParty: () => ({ ringAfter: 10, answerAfter: 20 }) } },
    ))

  it('that ended, of which a HangupError tells, has not failed', () =>
    onEmbeddedSwitch(async ({ client, sim, clock, failures }) => {
      const waiting = failing('hangup', (sess) => sess.recv('DTMF'))
      await client.load(waiting)
      const phone = sim.call({ to: '100' })
      await sleep(clock, 100)
      phone.hangup()
      await sleep(clock, 1000)
      expect([failures, client.counts.hungUpOnFailure]).toEqual([[], 0])
    }))

  it('of a leg that the switch dialled for another leg, or that somebody else placed, is left', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const app: ClientApp = {
          name: 'Outbound',
          on: {
            CHANNEL_ANSWER({ direction }) {
              if (direction === 'outbound') JSON.parse('{')
            },
          },
        }
        await client.load(app, { onFailure: 'hangup' })
        await client.api('originate {origination_uuid=hand}sofia/external/bob@192.0.2.1 &park()')
        await sleep(clock, 1000)
        expect([failures.length, await client.api('uuid_exists hand')]).toEqual([1, 'true'])
      },
      { sim: { calledParty: () => ({ ringAfter: 10, answerAfter: 20 }) } },
    ))

  it('refuses an onFailure that says nothing of a failure', () =>
    onEmbeddedSwitch(async ({ client }) => {
      for (const wrong of ['hang up', {}, { hangup: 'a b' }, 7])
        expect(await outcomeOf(client.load(failing(), { onFailure: wrong as OnFailure }))).toMatchObject({
          code: 'APP_LOAD',
        })
    }))
})

describe('a call whose app fails under serve', () => {
  const served = (app: ClientApp, onFailure: OnFailure | undefined, expected: unknown) =>
    onEmbeddedSwitch(async (at) => {
      const { sim, clock, failures } = at
      const report = (failure: (typeof failures)[number]) => void failures.push(failure)
      const service = await serve([sim], { apps: [app], onFailure, clock, onAppError: report })
      expect(await afterCall(at)).toEqual(expected)
      expect(failures).toHaveLength(1)
      await service.close()
    })

  it('is hung up: no caller is left in silence', () =>
    served(failing(), undefined, ['ended', 'NORMAL_TEMPORARY_FAILURE']))

  it('is what the app says, else what the service says for all apps', async () => {
    await served(failing('leave'), undefined, ['calling', undefined])
    await served(failing({ hangup: 'USER_BUSY' }), 'leave', ['calling', undefined])
    await served(failing('leave'), { hangup: 'CALL_REJECTED' }, ['ended', 'CALL_REJECTED'])
  })
})
