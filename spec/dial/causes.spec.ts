import { describe, expect, test } from 'vitest'
import { createBench } from './on-embedded-switch.ts'

/** What the called side answers, and the cause that FreeSWITCH makes of it (`sofia_glue_sip_2_isdn`). */
const ANSWERS: readonly (readonly [status: number, cause: string])[] = [
  [401, 'MANDATORY_IE_MISSING'],
  [403, 'CALL_REJECTED'],
  [404, 'UNALLOCATED_NUMBER'],
  [408, 'RECOVERY_ON_TIMER_EXPIRE'],
  [480, 'NO_USER_RESPONSE'],
  [483, 'EXCHANGE_ROUTING_ERROR'],
  [484, 'INVALID_NUMBER_FORMAT'],
  [485, 'NO_ROUTE_DESTINATION'],
  [486, 'USER_BUSY'],
  [487, 'ORIGINATOR_CANCEL'],
  [488, 'INCOMPATIBLE_DESTINATION'],
  [502, 'NETWORK_OUT_OF_ORDER'],
  [503, 'NORMAL_TEMPORARY_FAILURE'],
  [504, 'RECOVERY_ON_TIMER_EXPIRE'],
  [600, 'USER_BUSY'],
  [603, 'CALL_REJECTED'],
  [604, 'NO_ROUTE_DESTINATION'],
]

const CAUSES = ['NO_ANSWER', 'NORMAL_CLEARING', 'NUMBER_CHANGED', 'SUBSCRIBER_ABSENT'] as const

describe('calls that fail', () => {
  test.each(ANSWERS)('by a SIP answer of %d: as %s', async (status, cause) => {
    const { clock, cdrs, dialer, run, close } = await createBench({
      dialplan: () => [{ app: 'respond', arg: String(status) }],
    })
    await run(await dialer({ rate: 10, maxOffered: 3 }))
    expect(cdrs.map(({ hangup_cause }) => hangup_cause)).toEqual([cause, cause, cause])
    await close()
    expect(clock.pending).toBe(0)
  })

  test.each(CAUSES)('by a hangup with %s: counted once, by what the caller is told', async (cause) => {
    const { cdrs, dialer, run, close } = await createBench({
      dialplan: () => [{ app: 'hangup', arg: cause }],
    })
    const originator = await dialer({ rate: 10, maxOffered: 3 })
    await run(originator)
    const { failed, answered, causes } = originator.summary()
    expect({ failed, answered, rows: cdrs.length }).toEqual({ failed: 3, answered: 0, rows: 3 })
    expect(Object.values(causes)).toEqual([3])
    await close()
  })

  test('by the time that they may ring', async () => {
    const { dialer, run, close } = await createBench({ dialplan: () => [{ app: 'sleep', arg: '600000' }] })
    const originator = await dialer({ rate: 10, maxOffered: 3, timeout: 2000 })
    await run(originator)
    expect(originator.summary()).toMatchObject({ failed: 3, causes: { NO_ANSWER: 3 } })
    await close()
  })

  test('by the limits of the switch', async () => {
    const { clock, client, dialer, run, close } = await createBench()
    await clock.run(client.api('fsctl max_sessions 10'))
    const originator = await dialer({ rate: 10, maxOffered: 12, duration: 0, timeout: 1000 })
    const running = run(originator)
    await clock.advance(3000)
    expect(originator.progress().causes['DESTINATION_OUT_OF_ORDER']).toBeGreaterThan(0)
    await clock.run(originator.hupall())
    await running
    await close()
  })
})
