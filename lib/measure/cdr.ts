import type { Call } from '../model/call.ts'
import type { Session } from '../model/session.ts'

/**
 * One row a call: switchio's fields and what identifies the call. Stamps are milliseconds since the epoch, by the
 * switch's clock, but for `job_launch_ms` and `caller_req_originate_ms`, which are the controller's.
 */
export interface CallDetailRecord {
  readonly call_uuid: string
  readonly app: string
  readonly node: string
  readonly hangup_cause: string
  /** When the schedule wanted the call. */
  readonly caller_req_originate_ms: number
  /** When the command was sent. */
  readonly job_launch_ms: number
  readonly caller_create_ms: number | undefined
  readonly caller_progress_ms: number | undefined
  readonly caller_answer_ms: number | undefined
  readonly caller_hangup_ms: number | undefined
  readonly callee_uuid: string | undefined
  readonly callee_create_ms: number | undefined
  readonly callee_answer_ms: number | undefined
  readonly callee_hangup_ms: number | undefined
  /** Calls that had failed, and sessions and calls that were up, when this one was launched. */
  readonly failed_calls: number
  readonly active_sessions: number
  readonly erlangs: number
}

/** The columns of a CDR file, in order. */
export const CDR_FIELDS: readonly (keyof CallDetailRecord)[] = [
  'call_uuid',
  'app',
  'node',
  'hangup_cause',
  'caller_req_originate_ms',
  'job_launch_ms',
  'caller_create_ms',
  'caller_progress_ms',
  'caller_answer_ms',
  'caller_hangup_ms',
  'callee_uuid',
  'callee_create_ms',
  'callee_answer_ms',
  'callee_hangup_ms',
  'failed_calls',
  'active_sessions',
  'erlangs',
]

type LaunchFields =
  | 'call_uuid'
  | 'app'
  | 'node'
  | 'hangup_cause'
  | 'caller_req_originate_ms'
  | 'job_launch_ms'
  | 'failed_calls'
  | 'active_sessions'
  | 'erlangs'

/** The row of a call that has ended. One that failed before the switch made a channel has no sessions. */
export const createCdr = (
  launch: Pick<CallDetailRecord, LaunchFields>,
  caller: Session | undefined,
  call: Call | undefined,
): CallDetailRecord => {
  const callee = call && call.last?.uuid !== caller?.uuid ? call.last : undefined
  return {
    ...launch,
    caller_create_ms: caller?.times.create,
    caller_progress_ms: caller?.times.progress ?? caller?.times.progressMedia,
    caller_answer_ms: caller?.times.answer,
    caller_hangup_ms: caller?.times.hangup,
    callee_uuid: callee?.uuid,
    callee_create_ms: callee?.times.create,
    callee_answer_ms: callee?.times.answer,
    callee_hangup_ms: callee?.times.hangup,
  }
}
