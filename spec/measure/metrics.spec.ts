import { describe, expect, it } from 'vitest'
import { CDR_COLUMNS, type CallDetailRecord } from '../../lib/measure/cdr/cdr.ts'
import { createMetrics } from '../../lib/measure/metrics/metrics.ts'
import { outcomeOf } from '../../lib/measure/metrics/outcome-of.ts'
import type { CallOutcome } from '../../lib/measure/metrics/outcome.ts'

/**
 * Forty calls that cover every class of final answer, all begun at 0. What is expected of them was worked out by hand, in
 * the comments.
 */
const answered = (
  progress: number | undefined,
  answer: number,
  hangup: number,
  cause = 'NORMAL_CLEARING',
): CallOutcome => ({
  seized: true,
  sipStatus: 200,
  cause,
  invite: 0,
  progress,
  answer,
  hangup,
})

const refused = (
  sipStatus: number | undefined,
  cause: string,
  hangup: number,
  progress?: number,
): CallOutcome => ({
  seized: true,
  sipStatus,
  cause,
  invite: 0,
  progress,
  answer: undefined,
  hangup,
})

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

const CALLS: readonly CallOutcome[] = [
  // 2xx: 19 answered: 12 with ringing at 100, answered at 1,000, ended by a party at 11,000; 5 answered at 200 at once, ended
  // at 5,200; 2 answered at 200 that died of a failure at 2,200.
  ...times(12, answered(100, 1000, 11_000)),
  ...times(5, answered(undefined, 200, 5200)),
  ...times(2, answered(undefined, 200, 2200, 'MEDIA_TIMEOUT')),
  // 3xx to 6xx: 17 refused by the far end or on the way, the first response being the last, at 50; but for two that gave a
  // sign before, at 40 and 80.
  refused(301, 'REDIRECTION_TO_NEW_DESTINATION', 50),
  refused(302, 'REDIRECTION_TO_NEW_DESTINATION', 50),
  refused(403, 'CALL_REJECTED', 50),
  refused(404, 'UNALLOCATED_NUMBER', 50),
  refused(408, 'RECOVERY_ON_TIMER_EXPIRE', 50),
  refused(480, 'NO_USER_RESPONSE', 50),
  refused(480, 'NO_USER_RESPONSE', 50, 40),
  refused(484, 'INVALID_NUMBER_FORMAT', 50),
  refused(486, 'USER_BUSY', 50),
  refused(486, 'USER_BUSY', 50),
  refused(487, 'NO_ANSWER', 60_000, 80),
  refused(488, 'INCOMPATIBLE_DESTINATION', 50),
  refused(500, 'NORMAL_TEMPORARY_FAILURE', 50),
  refused(503, 'NORMAL_TEMPORARY_FAILURE', 50),
  refused(504, 'RECOVERY_ON_TIMER_EXPIRE', 50),
  refused(600, 'USER_BUSY', 50),
  refused(603, 'CALL_REJECTED', 50),
  // 4 that never became an INVITE: the switch itself refused the bid.
  ...times(4, { ...refused(undefined, 'DESTINATION_OUT_OF_ORDER', 0), seized: false }),
]

const measured = (
  calls: readonly CallOutcome[],
  observedMs?: number,
): ReturnType<ReturnType<typeof createMetrics>['summary']> => {
  const metrics = createMetrics()
  for (const call of calls) metrics.add(call)
  return metrics.summary(observedMs)
}

describe('metrics of forty calls', () => {
  const all = measured(CALLS, 100_000)

  it('are forty, with final answers of every class from 2xx to 6xx, and some without any', () => {
    expect(CALLS).toHaveLength(40)
    const classes = new Set(CALLS.map(({ sipStatus }) => Math.floor((sipStatus ?? 0) / 100)))
    expect([...classes].sort()).toEqual([0, 2, 3, 4, 5, 6])
  })

  it('counts 40 bids, 36 seizures, 19 answers', () => {
    expect([all.bids, all.seizures, all.answers]).toEqual([40, 36, 19])
  })

  it('ASR is 19 of 36, ABR 19 of 40', () => {
    expect(all.asr).toBeCloseTo(19 / 36, 12)
    expect(all.abr).toBeCloseTo(19 / 40, 12)
  })

  it('NER adds to the answers 3 busy, 2 without response, 1 no answer, 2 rejected: 27 of 36', () => {
    expect(all.ner).toBeCloseTo(27 / 36, 12)
  })

  it('SER is 19 of the 34 attempts that were not redirected', () => {
    expect(all.ser).toBeCloseTo(19 / 34, 12)
  })

  it('SEER adds two 480, two 486, one 600, one 603: 25 of 34', () => {
    expect(all.seer).toBeCloseTo(25 / 34, 12)
  })

  it('ISA is one 408, one 500, one 503, one 504 of 36', () => {
    expect(all.isa).toBeCloseTo(4 / 36, 12)
  })

  it('SCR leaves out the two that died of a failure: 17 of 36', () => {
    expect(all.scr).toBeCloseTo(17 / 36, 12)
  })

  it('ACD is (12 x 10 s + 5 x 5 s + 2 x 2 s) / 19 = 149 s / 19', () => {
    expect(all.acdMs).toBeCloseTo(149_000 / 19, 9)
  })

  it('traffic is 149 s of talk in 100 s: 1.49 erlangs', () => {
    expect(all.erlangs).toBeCloseTo(1.49, 12)
  })

  it('SRD of the answered is 100 ms twelve times and 200 ms seven times: 2600 / 19', () => {
    expect(all.srdSuccessfulMs.avg).toBeCloseTo(2600 / 19, 3)
    expect(all.srdSuccessfulMs.max).toBe(200)
  })

  it('SRD of the failed, without the two 3xx, is 50 ms but for one of 40 and one of 80: (13 x 50 + 40 + 80) / 15', () => {
    expect(all.srdFailedMs.avg).toBeCloseTo(770 / 15, 3)
    expect(all.srdFailedMs.max).toBe(80)
  })

  it('PDD knows only calls that gave a sign before their end: 12 x 100, 7 x 200, 40, 80', () => {
    expect(all.pddMs.avg).toBeCloseTo((1200 + 1400 + 120) / 21, 3)
  })

  it('SDT is that of the completed ones: (12 x 10 s + 5 x 5 s) / 17', () => {
    expect(all.sdtMs.avg).toBeCloseTo(145_000 / 17, 0)
  })
})

/**
 * Each by its SIP status, as the standards tell them apart. By hand: 20 bids, 19 seizures (the last was refused by the switch), 6
 * answers, 1 redirection.
 */
const BY_STATUS: readonly CallOutcome[] = [
  answered(100, 1000, 11_000),
  answered(200, 2000, 22_000),
  answered(undefined, 500, 30_500, 'ALLOTTED_TIMEOUT'),
  answered(300, 1000, 6000, 'MEDIA_TIMEOUT'),
  answered(300, 1000, 4000, 'ATTENDED_TRANSFER'),
  answered(100, 1000, 1000),
  refused(486, 'USER_BUSY', 50),
  refused(480, 'NO_USER_RESPONSE', 80),
  refused(487, 'NO_ANSWER', 60_000, 150),
  refused(603, 'CALL_REJECTED', 5000, 400),
  refused(404, 'UNALLOCATED_NUMBER', 70),
  refused(503, 'NORMAL_TEMPORARY_FAILURE', 60),
  refused(408, 'RECOVERY_ON_TIMER_EXPIRE', 32_000),
  refused(302, 'NORMAL_UNSPECIFIED', 40),
  refused(407, 'CALL_REJECTED', 30),
  refused(402, 'CALL_REJECTED', 35),
  refused(500, 'NORMAL_TEMPORARY_FAILURE', 45),
  refused(504, 'RECOVERY_ON_TIMER_EXPIRE', 46),
  refused(600, 'USER_BUSY', 47),
  { ...refused(undefined, 'DESTINATION_OUT_OF_ORDER', 0), seized: false },
]

describe('metrics by SIP status', () => {
  const all = measured(BY_STATUS, 68_000)

  it('failed SRD leaves out 401, 402 and 407, which ask for something, and 3xx', () => {
    // 50, 80, 150, 400, 70, 60, 32000, 45, 46, 47
    expect(all.srdFailedMs).toEqual({ avg: 3294.8, p50: 60, p95: 32_000, p99: 32_000, max: 32_000 })
    expect(
      measured([401, 402, 407].map((status) => refused(status, 'CALL_REJECTED', 30))).srdFailedMs.max,
    ).toBeNull()
  })

  it('a call that ended without any response has no SRD', () => {
    expect(measured([refused(undefined, 'NO_ANSWER', 60_000)]).srdFailedMs.max).toBeNull()
    expect(measured([refused(undefined, 'NO_ANSWER', 60_000, 200)]).srdFailedMs.max).toBe(200)
  })

  it('NER goes by the SIP status: 486, 480, 487 after ringing, 603 and 600, not the CALL_REJECTED of 407 and 402', () => {
    expect(all.ner).toBeCloseTo((6 + 5) / 19, 12)
    // Cancelled before it rang: the called party was not reached, whatever the cause says.
    expect(measured([refused(487, 'NO_ANSWER', 60_000)]).ner).toBe(0)
    // Without a SIP status the cause is all that is known.
    expect(measured([refused(undefined, 'CALL_REJECTED', 10)]).ner).toBe(1)
  })

  it('SCR and SDT take in every session that ended in order, whatever its cause: only the one without media is left out', () => {
    expect(all.scr).toBeCloseTo(5 / 19, 12)
    expect(all.sdtMs).toEqual({ avg: 12_600, p50: 10_000, p95: 30_000, p99: 30_000, max: 30_000 })
    const causes = [
      'NORMAL_TEMPORARY_FAILURE',
      'MANAGER_REQUEST',
      'BLIND_TRANSFER',
      'USER_BUSY',
      'SYSTEM_SHUTDOWN',
    ]
    expect(measured(causes.map((cause) => answered(1, 2, 3, cause))).scr).toBe(1)
    const broken = ['MEDIA_TIMEOUT', 'RECOVERY_ON_TIMER_EXPIRE', 'LOST', 'CONNECTION_LOST', 'NONE']
    expect(measured(broken.map((cause) => answered(1, 2, 3, cause))).scr).toBe(0)
  })

  it('SER, SEER and ISA are those of RFC 6076: 6 and 10 of 18, 4 of 19', () => {
    expect([all.ser, all.seer]).toEqual([6 / 18, 10 / 18])
    expect(all.isa).toBeCloseTo(4 / 19, 12)
  })

  it('ASR, ABR and ACD are those of E.411: 6 of 19, 6 of 20, 68 s / 6; traffic is 68 s in 68 s', () => {
    expect([all.asr, all.abr, all.acdMs, all.erlangs]).toEqual([6 / 19, 0.3, 68_000 / 6, 1])
  })
})

describe('a clock that went back during a call', () => {
  const back = answered(100, 1000, -4000)

  it('gives no negative duration: the call is left out of ACD, SDT and traffic, and stays in the ratios', () => {
    const all = measured([...times(9, answered(100, 1000, 6000)), back], 45_000)
    expect([all.answers, all.asr, all.acdMs, all.erlangs]).toEqual([10, 1, 5000, 1])
    expect(all.sdtMs.avg).toBe(5000)
    expect(measured([back], 1000)).toMatchObject({ acdMs: null, erlangs: 0 })
  })
})

describe('metrics of nothing', () => {
  it('are undefined, not 0, where there is nothing to divide by', () => {
    const none = measured([])
    expect([
      none.asr,
      none.abr,
      none.ner,
      none.ser,
      none.seer,
      none.isa,
      none.scr,
      none.acdMs,
      none.erlangs,
    ]).toEqual(times(9, null))
    expect(none.pddMs.avg).toBeNull()
  })

  it('SER is undefined where all attempts were redirected', () => {
    const { ser, asr } = measured([refused(302, 'REDIRECTION_TO_NEW_DESTINATION', 50)])
    expect([ser, asr]).toEqual([null, 0])
  })
})

describe('metrics of several nodes', () => {
  it('are, merged, those of one that had all the calls', () => {
    const nodes = [CALLS.slice(0, 7), [], CALLS.slice(7, 25), CALLS.slice(25)]
    const merged = createMetrics()
    for (const calls of nodes) {
      const node = createMetrics()
      for (const call of calls) node.add(call)
      merged.merge(node)
    }
    expect(merged.summary(100_000)).toEqual(measured(CALLS, 100_000))
  })
})

describe('the outcome of a CDR', () => {
  const nothing = Object.fromEntries(Object.keys(CDR_COLUMNS).map((name) => [name, undefined]))
  const cdr = (fields: Partial<CallDetailRecord>): CallDetailRecord =>
    ({ ...nothing, hangup_cause: 'NORMAL_CLEARING', ...fields }) as CallDetailRecord

  it('takes the earlier of 180 and 183 for the first sign of the far end', () => {
    const at = { caller_create_ms: 1, caller_progress_ms: 9, caller_progress_media_ms: 5 }
    expect(outcomeOf(cdr(at)).progress).toBe(5)
    expect(outcomeOf(cdr({ ...at, caller_progress_media_ms: undefined })).progress).toBe(9)
    expect(outcomeOf(cdr({})).progress).toBeUndefined()
  })

  it('is no seizure where the switch made no channel', () => {
    expect(outcomeOf(cdr({ hangup_cause: 'DESTINATION_OUT_OF_ORDER' })).seized).toBe(false)
    expect(outcomeOf(cdr({ caller_create_ms: 1, caller_sip_status: 486 }))).toMatchObject({
      seized: true,
      sipStatus: 486,
      invite: 1,
    })
  })
})
