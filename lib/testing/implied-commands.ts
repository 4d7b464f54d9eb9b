import { headerOf, nameOf, type RecordedEvent, type RecordedLine, type Recording } from './recording.ts'

/**
 * What other controllers have told a switch, as far as its events tell: each API that it runs makes an API event
 * (`switch_api_execute` in `src/switch_loadable_module.c`), and each application a CHANNEL_EXECUTE. The dialplan executes
 * one application after the other; one that begins inside another, as inside `park`, was sent by somebody. A hangup by
 * `sendmsg` shows in no event.
 */

/** Where a channel has left what it was executing without completing it. */
const isElsewhere = (event: RecordedEvent): boolean =>
  nameOf(event) === 'CHANNEL_STATE' &&
  /^CS_(?:ROUTING|RESET|HIBERNATE|HANGUP)$/.test(headerOf(event, 'Channel-State') ?? '')

const sendmsg = (event: RecordedEvent): string => {
  const [app, arg] = [headerOf(event, 'Application') ?? '', headerOf(event, 'Application-Data') ?? '']
  const id = headerOf(event, 'Application-UUID')
  return [
    `sendmsg ${headerOf(event, 'Unique-ID') ?? ''}`,
    'call-command: execute',
    `execute-app-name: ${app}`,
    ...(arg === '' ? [] : [`execute-app-arg: ${arg}`]),
    ...(id === undefined ? [] : [`Event-UUID: ${id}`]),
  ].join('\n')
}

const apiCommand = (event: RecordedEvent): string =>
  ['api', headerOf(event, 'API-Command'), headerOf(event, 'API-Command-Argument')]
    .filter((part) => part !== undefined)
    .join(' ')

/** `uuid_broadcast <uuid> <app>::<arg>`, or a file: what the channel executes for it, as `uuid app arg`. */
const broadcastIn = (command: string): string | undefined => {
  const [, uuid, what] = /(?:uuid|sched)_broadcast (?:\S+ )??([\da-f-]{36}) (\S+)/.exec(command) ?? []
  if (uuid === undefined || what === undefined) return undefined
  const [, app = 'playback', arg = what] = /^(\w+)!?(?:\S*?)::(.*)$/.exec(what) ?? []
  return `${uuid} ${app} ${arg}`
}

const sequenceOf = (event: RecordedEvent): number => Number(headerOf(event, 'Event-Sequence') ?? NaN)

/** API events come when the API has ended; their number says when it began. */
const inOrderOfBeginning = (lines: readonly RecordedLine[]): RecordedLine[] => {
  const out: RecordedLine[] = []
  for (const line of lines) {
    let at = out.length
    if ('event' in line && nameOf(line.event) === 'API')
      while (at > 0) {
        const before = out[at - 1]
        if (!before || !('event' in before) || !(sequenceOf(before.event) > sequenceOf(line.event))) break
        at--
      }
    out.splice(at, 0, at === out.length ? line : { ...line, t: out[at]?.t ?? line.t })
  }
  return out
}

/** The recording with those commands in it, where it is a passive one. */
export const withImpliedCommands = (recording: Recording): Recording => {
  if (!recording.passive) return recording
  /** How many applications each channel is in. */
  const depth = new Map<string, number>()
  const broadcast = new Set<string>()

  const impliedBy = (event: RecordedEvent): string | undefined => {
    const [name, uuid = ''] = [nameOf(event), headerOf(event, 'Unique-ID')]
    if (name === 'API') {
      const command = apiCommand(event)
      const executed = broadcastIn(command)
      if (executed !== undefined) broadcast.add(executed)
      return command
    }
    if (isElsewhere(event)) depth.set(uuid, 0)
    const inside = depth.get(uuid) ?? 0
    if (name === 'CHANNEL_EXECUTE_COMPLETE') depth.set(uuid, Math.max(0, inside - 1))
    if (name !== 'CHANNEL_EXECUTE') return undefined
    depth.set(uuid, inside + 1)
    const what = `${uuid} ${headerOf(event, 'Application') ?? ''} ${headerOf(event, 'Application-Data') ?? ''}`
    return inside === 0 || broadcast.delete(what) ? undefined : sendmsg(event)
  }

  const lines = inOrderOfBeginning(recording.lines).flatMap((line): RecordedLine[] => {
    const command = 'event' in line ? impliedBy(line.event) : undefined
    return command === undefined ? [line] : [{ t: line.t, command }, line]
  })
  // What it said itself, to listen, is no part of the calls.
  return { ...recording, lines: lines.filter((line) => !('reply' in line)) }
}
