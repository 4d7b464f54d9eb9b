import type { LadderRows, Lane, Row } from '../../../testing/ladder/rows.ts'
import type { CallDetailRecord } from '../../cdr/cdr.ts'

const STAMPS = [
  ['create', 'CHANNEL_CREATE'],
  ['progress', 'CHANNEL_PROGRESS'],
  ['progress_media', 'CHANNEL_PROGRESS_MEDIA'],
  ['answer', 'CHANNEL_ANSWER'],
  ['hangup', 'CHANNEL_HANGUP'],
] as const

const LEGS = ['caller', 'callee'] as const

const laneOf = (cdr: CallDetailRecord, leg: (typeof LEGS)[number]): Lane => ({
  title: leg,
  notes: [[cdr[`${leg}_read_codec`], cdr[`${leg}_hangup_disposition`]].filter(Boolean).join(', '), cdr[`${leg}_uuid`] ?? ''],
}) // prettier-ignore

const hangupLabel = (cdr: CallDetailRecord, leg: (typeof LEGS)[number]): string => {
  const status = cdr[`${leg}_sip_status`]
  return [`CHANNEL_HANGUP`, cdr[`${leg}_cause`], status === undefined ? '' : `(SIP ${status})`]
    .filter(Boolean)
    .join(' ')
}

const rowsOf = (cdr: CallDetailRecord, leg: (typeof LEGS)[number], lane: number, start: number): Row[] =>
  STAMPS.flatMap(([stamp, name]): Row[] => {
    const at = cdr[`${leg}_${stamp}_ms`]
    if (at === undefined) return []
    const label = stamp === 'hangup' ? hangupLabel(cdr, leg) : name
    return [{ t: at - start, kind: 'event', from: lane, to: 0, label }]
  })

/** Further apart than this, in ms, the clocks of controller and switch tell nothing of each other. */
const CLOCKS = 10_000

/**
 * The ladder of a call from the stamps of its CDR, for a call whose events were not kept. Times count from the launch, where
 * the clock of the switch agrees with ours, else from the first stamp.
 */
export const cdrLadder = (cdr: CallDetailRecord): LadderRows => {
  const legs = LEGS.filter((leg) => cdr[`${leg}_uuid`] !== undefined || cdr[`${leg}_create_ms`] !== undefined)
  const { job_launch_ms: launched, caller_create_ms: created } = cdr
  const agree =
    launched !== undefined && created !== undefined && created >= launched && created - launched < CLOCKS
  const start = (agree ? launched : created) ?? 0
  const events = legs.flatMap((leg, i) => rowsOf(cdr, leg, i + 1, start)).sort((a, b) => a.t - b.t)
  const launch: Row[] =
    launched === undefined ? [] : [{ t: 0, kind: 'command', from: 0, to: 1, label: 'originate' }]
  const failed: Row[] =
    legs.length === 0 ? [{ t: 0, kind: 'reply', from: 1, to: 0, label: `-ERR ${cdr.hangup_cause}` }] : []
  return {
    lanes: [
      { title: 'controller', notes: [] },
      ...(legs.length === 0 ? [{ title: 'switch', notes: [cdr.node] }] : legs.map((leg) => laneOf(cdr, leg))),
    ],
    rows: [...launch, ...events, ...failed],
  }
}
