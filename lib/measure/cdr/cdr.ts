import type { Kinds } from '../../app/measure.ts'
import { causeNumber } from '../../esl/hangup-causes.ts'
import type { Call } from '../../model/call.ts'
import type { Session } from '../../model/session.ts'
import { LEG_COLUMNS, legOf, outlineOf, type Leg } from './leg.ts'

type OfLeg<P extends string> = { readonly [K in keyof Leg as `${P}_${K & string}`]: Leg[K] }

/**
 * One row a call: switchio's fields, and what both legs came to. Stamps are milliseconds since the epoch, by the switch's
 * clock, but for `job_launch_ms` and `caller_req_originate_ms`, which are the controller's.
 */
export interface CallDetailRecord extends OfLeg<'caller'>, OfLeg<'callee'> {
  readonly call_uuid: string
  readonly app: string
  readonly node: string
  /** Of the call: the caller's, or what was wrong with a call that has none. */
  readonly hangup_cause: string
  /** Its number in Q.850, or FreeSWITCH's own above 127; undefined for a code of ours. */
  readonly hangup_cause_q850: number | undefined
  /** When the schedule wanted the call; of calls that nobody scheduled, when we heard of their CHANNEL_ORIGINATE. */
  readonly caller_req_originate_ms: number | undefined
  /** When the command was sent; undefined for calls that are not ours. */
  readonly job_launch_ms: number | undefined
  /** When the switch sent the caller out. */
  readonly caller_originate_ms: number | undefined
  /** Calls that had failed, and sessions and calls that were up, when this one was launched. */
  readonly failed_calls: number
  readonly active_sessions: number
  readonly erlangs: number
  /** 1 where events of the call were lost, and made up out of what the switch has; else 0. */
  readonly recovered: number
  /** Where the call went: the address that was dialled; of a call that is not ours, the number that the caller called. */
  readonly destination: string | undefined
}

/** The CDR of a call that we have placed. */
export interface PlacedCallRecord extends CallDetailRecord {
  readonly caller_req_originate_ms: number
  readonly job_launch_ms: number
}

const legColumns = (leg: 'caller' | 'callee'): Kinds =>
  Object.fromEntries(Object.entries(LEG_COLUMNS).map(([name, kind]) => [`${leg}_${name}`, kind]))

/** The columns of a CDR file, in order. */
export const CDR_COLUMNS = {
  call_uuid: 'text',
  app: 'text',
  node: 'text',
  hangup_cause: 'text',
  hangup_cause_q850: 'number',
  caller_req_originate_ms: 'number',
  job_launch_ms: 'number',
  caller_originate_ms: 'number',
  ...legColumns('caller'),
  ...legColumns('callee'),
  failed_calls: 'number',
  active_sessions: 'number',
  erlangs: 'number',
  recovered: 'number',
  destination: 'text',
} as Readonly<Record<keyof CallDetailRecord, 'text' | 'number'>>

/** What is known of a call when it is launched, and why it ended. */
export type LaunchFields = Pick<
  CallDetailRecord,
  | 'call_uuid'
  | 'app'
  | 'node'
  | 'hangup_cause'
  | 'caller_req_originate_ms'
  | 'job_launch_ms'
  | 'failed_calls'
  | 'active_sessions'
  | 'erlangs'
> &
  Partial<Pick<CallDetailRecord, 'destination'>>

/** A row is filled in by these, made once: names that are put together for each row cost more than all else of it. */
const namesOf = (leg: 'caller' | 'callee'): readonly (readonly [of: keyof Leg, column: string])[] =>
  (Object.keys(LEG_COLUMNS) as (keyof Leg)[]).map((name) => [name, `${leg}_${name}`])

const CALLER_NAMES = namesOf('caller')
const CALLEE_NAMES = namesOf('callee')

const fillIn = (row: Record<string, unknown>, names: ReturnType<typeof namesOf>, leg: Leg): void => {
  for (const [of, column] of names) row[column] = leg[of]
}

/** The leg at the other end from the caller, the last one that there was. */
const calleeOf = (caller: Session | undefined, call: Call | undefined): Session | undefined =>
  call && call.last?.uuid !== caller?.uuid ? call.last : undefined

/** Whether events of its legs, or of the job that placed it, were lost and made up. */
export const isRecovered = (caller: Session | undefined, call: Call | undefined): boolean =>
  (caller?.recovered ?? false) || (caller?.job?.recovered ?? false) || (call?.last?.recovered ?? false)

/** The row of a call that has ended. One that failed before the switch made a channel has no sessions. */
export const createCdr = <L extends LaunchFields>(
  launch: L,
  caller: Session | undefined,
  call: Call | undefined,
): CallDetailRecord & L => {
  const row: Record<string, unknown> = {
    ...launch,
    hangup_cause_q850: causeNumber(launch.hangup_cause),
    caller_originate_ms: caller?.times.originate,
    recovered: Number(isRecovered(caller, call)),
  }
  fillIn(row, CALLER_NAMES, legOf(caller))
  fillIn(row, CALLEE_NAMES, legOf(calleeOf(caller, call)))
  return row as unknown as CallDetailRecord & L
}

/** What metrics need of a row. */
export type CallOutline = Pick<
  CallDetailRecord,
  | 'hangup_cause'
  | 'caller_create_ms'
  | 'caller_progress_ms'
  | 'caller_progress_media_ms'
  | 'caller_answer_ms'
  | 'caller_hangup_ms'
  | 'caller_sip_status'
  | 'callee_create_ms'
  | 'callee_answer_ms'
>

/** As `createCdr`, without what nobody but a reader of the row asks for: a fraction of its cost. */
export const createOutline = (
  hangup_cause: string,
  caller: Session | undefined,
  call: Call | undefined,
): CallOutline => {
  const leg = outlineOf(caller)
  const callee = outlineOf(calleeOf(caller, call))
  return {
    hangup_cause,
    caller_create_ms: leg.create_ms,
    caller_progress_ms: leg.progress_ms,
    caller_progress_media_ms: leg.progress_media_ms,
    caller_answer_ms: leg.answer_ms,
    caller_hangup_ms: leg.hangup_ms,
    caller_sip_status: leg.sip_status,
    callee_create_ms: callee.create_ms,
    callee_answer_ms: callee.answer_ms,
  }
}
