import type { EslEvent } from '../esl/event.ts'
import { MADE_UP, makeUp } from '../esl/made-up.ts'
import type { SessionState } from '../model/state.ts'

/** An event that a session has missed, and when it happened by the switch's clock, where that is known. */
type Missed = readonly [name: string, headers?: Readonly<Record<string, string>>]

const at = (dump: EslEvent, header: string): Record<string, string> => {
  const microseconds = dump.get(header) ?? '0'
  return microseconds === '0' ? {} : { 'Event-Date-Timestamp': microseconds }
}

const happened = (dump: EslEvent, header: string): boolean => (dump.get(header) ?? '0') !== '0'

const lastOf = (history: readonly EslEvent[], names: readonly string[]): EslEvent | undefined =>
  history.findLast(({ name }) => names.includes(name))

/** Progress and answer: they happen once, and the caller profile keeps when. */
const missedOfSetup = (state: SessionState | undefined, dump: EslEvent): Missed[] => {
  const missed: Missed[] = []
  const { times } = state ?? {}
  if (times?.progress === undefined && happened(dump, 'Caller-Channel-Progress-Time'))
    missed.push(['CHANNEL_PROGRESS', at(dump, 'Caller-Channel-Progress-Time')])
  if (times?.progressMedia === undefined && happened(dump, 'Caller-Channel-Progress-Media-Time'))
    missed.push(['CHANNEL_PROGRESS_MEDIA', at(dump, 'Caller-Channel-Progress-Media-Time')])
  if (!state?.answered && dump.get('Answer-State') === 'answered')
    missed.push(['CHANNEL_ANSWER', at(dump, 'Caller-Channel-Answered-Time')])
  return missed
}

/** `variable_bridge_to` is there while two legs are bridged; the event of it comes of the first leg alone. */
const missedOfBridge = (history: readonly EslEvent[], dump: EslEvent): Missed[] => {
  const other = dump.get('variable_bridge_to')
  const last = lastOf(history, ['CHANNEL_BRIDGE', 'CHANNEL_UNBRIDGE'])
  const before = last?.name === 'CHANNEL_BRIDGE' ? last.get('Bridge-B-Unique-ID') : undefined
  const missed: Missed[] = []
  const ends = { 'Bridge-A-Unique-ID': dump.uuid ?? '' }
  if (before !== undefined && before !== other)
    missed.push(['CHANNEL_UNBRIDGE', { ...ends, 'Bridge-B-Unique-ID': before }])
  if (other !== undefined && before !== other && dump.get('Other-Type') !== 'originator')
    missed.push([
      'CHANNEL_BRIDGE',
      { ...ends, 'Bridge-B-Unique-ID': other, ...at(dump, 'Caller-Channel-Bridged-Time') },
    ])
  return missed
}

const PARKING = ['CHANNEL_PARK', 'CHANNEL_UNPARK', 'CHANNEL_BRIDGE', 'CHANNEL_UNBRIDGE']

const isParked = (dump: EslEvent): boolean =>
  dump.get('variable_current_application') === 'park' &&
  dump.get('Channel-State') === 'CS_EXECUTE' &&
  !dump.has('variable_bridge_to')

const causeIn = (dump: EslEvent): Record<string, string> => {
  const cause = dump.get('Hangup-Cause') ?? dump.get('variable_hangup_cause')
  return cause === undefined ? {} : { 'Hangup-Cause': cause }
}

const HUNG_UP = new Set(['CS_HANGUP', 'CS_REPORTING', 'CS_DESTROY'])

/**
 * What happened to a channel while nobody listened, out of its `uuid_dump`: the events that its session, of which this is
 * known, has not had, in the order they come in. `undefined` for a channel that appeared meanwhile. What leaves no trace in
 * the dump cannot be made up for: digits, what was played or recorded, a bridge that began and ended.
 */
export const missedEvents = (state: SessionState | undefined, dump: EslEvent): EslEvent[] => {
  const history = state?.hub.items ?? []
  const missed: Missed[] = state ? [] : [['CHANNEL_CREATE', at(dump, 'Caller-Channel-Created-Time')]]
  missed.push(...missedOfSetup(state, dump), ...missedOfBridge(history, dump))
  if (isParked(dump) && lastOf(history, PARKING)?.name !== 'CHANNEL_PARK') missed.push(['CHANNEL_PARK'])
  if (!state?.hungup && HUNG_UP.has(dump.get('Channel-State') ?? ''))
    missed.push(['CHANNEL_HANGUP', { ...causeIn(dump), ...at(dump, 'Caller-Channel-Hangup-Time') }])
  return missed.map(([name, headers]) => makeUp(dump, name, headers))
}

/** An event may be stamped so long (ms) after what its channel notes of it: the switch's clock advances in steps of 20 ms. */
const STAMPED_WITHIN_MS = 40

/**
 * Whether an event that comes late was made up already: it was not lost, and is not to be given twice. Completions are told
 * apart by their ids, not by their names, and are let through.
 */
export const wasMadeUp = ({ hub }: SessionState, event: EslEvent): boolean =>
  event.name !== 'CHANNEL_EXECUTE_COMPLETE' &&
  !event.has(MADE_UP) &&
  hub.items.some(
    (made) => made.name === event.name && made.has(MADE_UP) && event.time <= made.time + STAMPED_WITHIN_MS,
  )

/** The hangup cause of a session that was lost to us: nobody knows the real one. */
export const LOST = 'LOST'

/** The events that a session ends with. */
export const LAST_EVENTS = ['CHANNEL_HANGUP', 'CHANNEL_HANGUP_COMPLETE', 'CHANNEL_DESTROY'] as const

/**
 * A last event of a session whose channel is gone, in the likeness of the latest that came of it; its time is that of the
 * latest, too, for that is the last that is known. `undefined` where the session has had it.
 */
export const lastEvent = (state: SessionState, name: (typeof LAST_EVENTS)[number]): EslEvent | undefined => {
  const { items } = state.hub
  const latest = items.findLast((event) => event.name.startsWith('CHANNEL_')) ?? items.at(-1)
  if (!latest || lastOf(items, [name])) return undefined
  return makeUp(latest, name, { 'Hangup-Cause': state.cause ?? LOST })
}
