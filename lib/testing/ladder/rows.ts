import { describeCommand, isHousekeeping, sessionOf } from '../command-text.ts'
import { withImpliedCommands } from '../implied-commands.ts'
import { headerOf, nameOf, sessionsIn, type RecordedEvent, type Recording } from '../recording.ts'

/** Somebody in the diagram: the controller, a leg, or the switch itself for what is about no leg. */
export interface Lane {
  readonly title: string
  /** Who calls whom; the uuid. */
  readonly notes: readonly string[]
}

/** Something that was said, from one lane to another. */
export interface Row {
  /** In ms since the recording began. */
  readonly t: number
  readonly kind: 'event' | 'command' | 'reply'
  readonly from: number
  readonly to: number
  readonly label: string
}

export interface LadderRows {
  readonly lanes: readonly Lane[]
  readonly rows: readonly Row[]
}

/** Events that say nothing that another does not say better. */
const NOISE = new Set([
  'CHANNEL_STATE',
  'CHANNEL_CALLSTATE',
  'CODEC',
  'PRIVATE_COMMAND',
  'CALL_UPDATE',
  'API',
  'HEARTBEAT',
  'RE_SCHEDULE',
])

const DETAILS = [
  'Application',
  'Application-Data',
  'Application-Response',
  'Hangup-Cause',
  'DTMF-Digit',
  'Playback-Status',
  'Job-Command',
] as const

const CONTROLLER = 0

const letter = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1))

const legLane = (uuid: string, index: number, first: RecordedEvent): Lane => {
  const get = (name: string): string => headerOf(first, name) ?? '?'
  const [caller, callee] = [get('Caller-Caller-ID-Number'), get('Caller-Destination-Number')]
  return { title: `leg ${letter(index)}`, notes: [`${get('Call-Direction')} ${caller} → ${callee}`, uuid] }
}

/** What tells this event from others of its name. */
const eventLabel = (event: RecordedEvent): string => {
  const name = nameOf(event)
  const wanted = name === 'CHANNEL_HANGUP_COMPLETE' || name === 'CHANNEL_DESTROY' ? [] : DETAILS
  const details = wanted.flatMap((header) => {
    const value = headerOf(event, header)
    return value === undefined || value === '' || value === '_none_' ? [] : [value]
  })
  return [name, ...details].join(' ')
}

/** The first event of each leg that says whom it calls; the very first may not. */
const firstEvents = ({ lines }: Recording): Map<string, RecordedEvent> => {
  const first = new Map<string, RecordedEvent>()
  for (const line of lines) {
    const uuid = 'event' in line ? headerOf(line.event, 'Unique-ID') : undefined
    if (!('event' in line) || uuid === undefined) continue
    const before = first.get(uuid)
    if (!before || headerOf(before, 'Caller-Destination-Number') === undefined) first.set(uuid, line.event)
  }
  return first
}

/** What a diagram of a recording shows; `all` with the events that are noise as a rule, and what a client says to log in. */
export const ladderRows = (source: Recording, all = false): LadderRows => {
  const recording = withImpliedCommands(source)
  const sessions = sessionsIn(recording)
  const order = [...sessions]
  const first = firstEvents(recording)
  const laneOf = (uuid: string | undefined): number =>
    uuid === undefined || !sessions.has(uuid) ? order.length + 1 : order.indexOf(uuid) + 1

  /** Commands that have no answer yet: where they went, and whether they are shown. */
  const unanswered: { lane: number; row: number | undefined }[] = []
  const rows: Row[] = []
  for (const line of recording.lines) {
    const { t } = line
    if ('event' in line) {
      if (!all && NOISE.has(nameOf(line.event))) continue
      const from = laneOf(headerOf(line.event, 'Unique-ID'))
      rows.push({ t, kind: 'event', from, to: CONTROLLER, label: eventLabel(line.event) })
    } else if ('command' in line) {
      const session = sessionOf(line.command, sessions)
      const to = laneOf(session)
      const shown = all || !isHousekeeping(line.command)
      unanswered.push({ lane: to, row: shown ? rows.length : undefined })
      if (shown)
        rows.push({ t, kind: 'command', from: CONTROLLER, to, label: describeCommand(line.command, session) })
    } else {
      const { lane, row } = unanswered.shift() ?? {}
      const command = row === undefined ? undefined : rows[row]
      if (lane === undefined || row === undefined || !command) continue
      const text = line.reply.trim()
      // An agreement is said in the line of the command; anything else is an answer.
      if (/^\+OK\b/.test(text)) rows[row] = { ...command, label: `${command.label}  +OK` }
      else rows.push({ t, kind: 'reply', from: lane, to: CONTROLLER, label: text })
    }
  }

  const legs = order.map((uuid, i) => legLane(uuid, i, first.get(uuid) ?? {}))
  const needsSwitch = rows.some(({ from, to }) => Math.max(from, to) > order.length)
  const controller = { title: 'controller', notes: [] }
  return {
    lanes: [controller, ...legs, ...(needsSwitch ? [{ title: 'switch', notes: [recording.node] }] : [])],
    rows,
  }
}
