import type { CallDetailRecord } from '../../cdr/cdr.ts'

/** When a call was, on one clock: that of the controller, where it is known. */
export interface CallTimes {
  readonly launch: number
  readonly end: number
}

type Stamps = Pick<
  CallDetailRecord,
  'job_launch_ms' | 'caller_req_originate_ms' | 'caller_create_ms' | 'caller_hangup_ms' | 'callee_hangup_ms'
>

/**
 * The switch's clock may be another one, so only differences are taken from it. A call that never had a channel is over
 * when it began. Undefined where a row has no time at all.
 */
export const callTimesOf = (cdr: Stamps): CallTimes | undefined => {
  const { caller_create_ms: created, caller_hangup_ms: hungUp, callee_hangup_ms: calleeHungUp } = cdr
  const launch = cdr.job_launch_ms ?? cdr.caller_req_originate_ms ?? created
  if (launch === undefined) return undefined
  const last = Math.max(hungUp ?? -Infinity, calleeHungUp ?? -Infinity)
  const took = created !== undefined && last >= created ? last - created : 0
  return { launch, end: launch + took }
}
