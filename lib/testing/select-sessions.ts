import { headerOf, type RecordedEvent, type RecordedLine, type Recording } from './recording.ts'

/** Headers by which a leg names another one of its call. */
const OTHER_LEGS = [
  'Other-Leg-Unique-ID',
  'Bridge-A-Unique-ID',
  'Bridge-B-Unique-ID',
  'Channel-Call-UUID',
  'Old-Unique-ID',
  'variable_originator',
  'variable_originating_leg_uuid',
  'variable_sip_h_X-Switchix-Call',
] as const

/** Whether a text speaks of one of them: `sendmsg <uuid>`, `uuid_bridge <uuid> <uuid>`, `{origination_uuid=<uuid>}`. */
const speaksOf = (text: string, sessions: ReadonlySet<string>): boolean =>
  text.split(/[\s=,;{}'"]+/).some((word) => sessions.has(word))

const isAbout = (event: RecordedEvent, sessions: ReadonlySet<string>): boolean => {
  const uuid = headerOf(event, 'Unique-ID')
  if (uuid !== undefined) return sessions.has(uuid)
  return Object.values(event)
    .flat()
    .some((value) => speaksOf(value, sessions))
}

/** The session and every leg that is, or was, of one call with it. */
export const callOf = ({ lines }: Recording, uuid: string): Set<string> => {
  const call = new Set([uuid])
  const events = lines.flatMap((line) => ('event' in line ? [line.event] : []))
  for (let before = 0; before < call.size;) {
    before = call.size
    for (const event of events) {
      const own = headerOf(event, 'Unique-ID')
      const others = OTHER_LEGS.map((name) => headerOf(event, name)).filter((each) => each !== undefined)
      if (own === undefined || ![own, ...others].some((each) => call.has(each))) continue
      for (const each of [own, ...others]) call.add(each)
    }
  }
  return call
}

/**
 * What of a recording is about these sessions: their events, the commands that name one of them with the answers, and
 * the jobs and APIs that do.
 */
export const selectSessions = (recording: Recording, sessions: ReadonlySet<string>): Recording => {
  /** Whether each command that still has no answer is kept. */
  const unanswered: boolean[] = []
  const keep = (line: RecordedLine): boolean => {
    if ('event' in line) return isAbout(line.event, sessions)
    if ('reply' in line) return unanswered.shift() ?? false
    const kept = speaksOf(line.command, sessions)
    unanswered.push(kept)
    return kept
  }
  return { ...recording, lines: recording.lines.filter(keep) }
}
