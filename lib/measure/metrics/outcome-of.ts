import type { CallOutline } from '../cdr/cdr.ts'
import type { CallOutcome } from './outcome.ts'

/** What says how a call went, of what metrics need. */
export type OutcomeFields = Omit<CallOutline, 'callee_create_ms' | 'callee_answer_ms'>

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

/**
 * How a call went, for the metrics: the caller's leg counts, from when the switch made it, which is when it sends the
 * INVITE. A bid without a channel was refused before that, and seized nothing. 183 is as much of a first response as 180.
 */
export const outcomeOf = (cdr: OutcomeFields): CallOutcome => ({
  seized: cdr.caller_create_ms !== undefined,
  sipStatus: cdr.caller_sip_status,
  cause: cdr.hangup_cause,
  invite: cdr.caller_create_ms,
  progress: earlier(cdr.caller_progress_ms, cdr.caller_progress_media_ms),
  answer: cdr.caller_answer_ms,
  hangup: cdr.caller_hangup_ms,
})
