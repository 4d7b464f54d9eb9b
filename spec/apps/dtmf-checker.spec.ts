import { describe, expect, it } from 'vitest'
import { dtmfChecker, type DtmfCheckerApp, type DtmfCheckerOptions } from '../../lib/apps/dtmf-checker.ts'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { call, onEmbeddedSwitch, type Embedded } from '../service/on-embedded-switch.ts'

interface Checked extends Embedded {
  readonly app: DtmfCheckerApp
  readonly caller: Session
  readonly called: Session
}

const onCall = (options: DtmfCheckerOptions, run: (at: Checked) => Promise<void>): Promise<void> => {
  const app = dtmfChecker(options)
  return onEmbeddedSwitch(
    async (at) => {
      await run({ ...at, app, ...(await call(at.client)) })
      expect(at.failures).toEqual([])
    },
    { apps: [app] },
  )
}

describe('DtmfChecker', () => {
  it('sends the digits one by one, and finds that they have come', () =>
    onCall({}, async ({ app, clock, caller, called }) => {
      expect(app.incomplete).toEqual([
        { node: called.node, uuid: called.uuid, expected: '123456789', received: '' },
      ])
      await sleep(clock, 9 * 500)
      const digits = called.history.filter(({ name }) => name === 'DTMF')
      expect(digits.map((event) => event.get('DTMF-Digit')).join('')).toBe('123456789')
      // 200 ms are 1600 samples; the far end hears whole frames.
      expect(new Set(digits.map((event) => event.get('DTMF-Duration')))).toEqual(new Set(['1600']))
      expect([app.passed, app.failed, app.incomplete]).toEqual([1, [], []])
      await caller.hangup()
    }))

  it('finds a call incomplete that ends before', () =>
    onCall({ sequence: '12345', digitDuration: 400 }, async ({ app, clock, caller, called }) => {
      await sleep(clock, 1800)
      await caller.hangup()
      await sleep(clock, 1000)
      const { node, uuid } = called
      expect(app.incomplete).toEqual([{ node, uuid, expected: '12345', received: '123' }])
      expect([app.passed, app.failed]).toEqual([0, []])
    }))

  it('finds a call failed that receives a wrong digit, once', () =>
    onCall({ sequence: '12#' }, async ({ app, clock, caller, called }) => {
      await called.api(`uuid_recv_dtmf ${called.uuid} 77`)
      await sleep(clock, 3000)
      const { node, uuid } = called
      expect(app.failed).toEqual([{ node, uuid, expected: '12#', received: '7' }])
      expect([app.passed, app.incomplete]).toEqual([0, []])
      await caller.hangup()
    }))

  it('finds a call failed that receives one digit too many', () =>
    onCall({ sequence: '1*' }, async ({ app, clock, caller, called }) => {
      await sleep(clock, 2000)
      expect(app.passed).toBe(1)
      await caller.sendDtmf('*')
      await sleep(clock, 1000)
      expect([app.passed, app.failed.map(({ received }) => received)]).toEqual([0, ['1**']])
      await called.hangup()
    }))
})
