import type { Kinds } from '../../app/measure.ts'
import { causeNumber } from '../../esl/hangup-causes.ts'
import type { Call } from '../../model/call.ts'
import type { Session } from '../../model/session.ts'
import { LEG_COLUMNS, legOf, type Leg } from './leg.ts'

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
>

const prefixed = <P extends string>(prefix: P, leg: Leg): OfLeg<P> => {
  const columns: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(leg)) columns[`${prefix}_${name}`] = value
  return columns as OfLeg<P>
}

/** The row of a call that has ended. One that failed before the switch made a channel has no sessions. */
export const createCdr = <L extends LaunchFields>(
  launch: L,
  caller: Session | undefined,
  call: Call | undefined,
): CallDetailRecord & L => {
  const callee = call && call.last?.uuid !== caller?.uuid ? call.last : undefined
  return {
    ...launch,
    hangup_cause_q850: causeNumber(launch.hangup_cause),
    caller_originate_ms: caller?.times.originate,
    ...prefixed('caller', legOf(caller)),
    ...prefixed('callee', legOf(callee)),
  }
}
