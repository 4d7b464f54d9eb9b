import { expect, test } from 'vitest'
import { cdr, type CdrRow } from '../../lib/apps/cdr.ts'
import { proxier } from '../../lib/apps/proxier.ts'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { connect } from '../../lib/service/connect.ts'
import { serve } from '../../lib/service/serve.ts'
import { farEnd } from '../../lib/sim/far-end/script.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

const CALLS = 200
const RATE = 250

/** What switchio's `checkcalls` checks: calls that others place, proxied, counted while they are up, each with its row. */
test(`a service of Proxier and CDR counts ${CALLS} calls that come at ${RATE} a second, and each has its row`, async () => {
  const clock = virtualClock()
  const rows: CdrRow[] = []
  const body = async (): Promise<void> => {
    await using sim = await simulate({
      clock,
      transport: 'memory',
      seed: 1,
      sps: 10 * RATE,
      maxSessions: 10 * CALLS,
      calledParty: farEnd({ ring: 20, answer: 50 }),
    })
    const service = await serve([sim], { clock, apps: [cdr({ onRow: (row) => rows.push(row) }), proxier()] })
    await using phones = await connect(sim)
    const placed: Promise<Session>[] = []
    const [client] = service.clients
    for (let i = 0; i < CALLS; i++) {
      placed.push(phones.originate('bob@192.0.2.1', { proxy: '127.0.0.1:5080' }))
      await sleep(clock, 1000 / RATE)
    }
    const calls = await Promise.all(placed)
    await sleep(clock, 100)
    const proxied = service.sessions.filter(({ times }) => times.bridge !== undefined)
    expect([proxied.length, client?.countCalls(), rows.length]).toEqual([CALLS, CALLS, 0])
    await sleep(clock, 3000)
    await Promise.all(calls.map((call) => call.hangup()))
    await sleep(clock, 1000)
    expect([service.countCalls(), service.countSessions(), rows.length]).toEqual([0, 0, CALLS])
    expect(new Set(rows.map(({ call_uuid }) => call_uuid)).size).toBe(CALLS)
    expect(service.tally().total).toMatchObject({ appFailures: 0, unseenFailures: 0 })
    await service.close()
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending).toBe(0)
})
