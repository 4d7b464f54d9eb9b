import { EVENT_NAMES } from '../../esl/event-names.ts'
import { utf8 } from '../../esl/percent.ts'
import type { Channel } from '../channel/channel.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { emitOfSession, emitSent, emitTo } from '../events/emit.ts'
import { encodeBytes, header } from '../events/encode.ts'
import { sentKind } from '../events/kinds.ts'
import { firstLine, headerOf, type Command, type Written } from './command-reader.ts'

const NAMES: ReadonlySet<string> = new Set([...EVENT_NAMES, 'CUSTOM'])

/** FreeSWITCH takes 13 characters in front of a name for `SWITCH_EVENT_` (`switch_name_event` in `src/switch_event.c`). */
const eventName = (text: string): string | undefined => {
  const name = text.trimStart().toUpperCase()
  return [name, name.slice(13)].find((one) => NAMES.has(one))
}

/** A header as the client wrote it; an empty one is dropped. */
const line = ([name, value]: Written): string =>
  value === '' ? '' : `\n${utf8(name)}: ${encodeBytes(value)}`

const isSubclass = ([name]: Written): boolean => name.toLowerCase() === 'event-subclass'

/** The client's own headers, the subclass of a CUSTOM event in front of them. */
const ownHeaders = (name: string | undefined, { bytes, written }: Command, uuid: string): string => {
  const subclass = name === 'CUSTOM' ? written.find(isSubclass) : undefined
  const rest = subclass ? written.filter((one) => !isSubclass(one)) : written
  return (
    (subclass ? `\nEvent-Subclass: ${encodeBytes(subclass[1])}` : '') +
    `\nCommand: ${encodeBytes(firstLine(bytes))}${rest.map(line).join('')}${header('Event-UUID', uuid)}`
  )
}

/** An event for a session: to the connection that diverts it, or a parked channel fires it as its own. */
const giveToSession = (sw: Switch, channel: Channel, name: string, own: string, body: string): void => {
  const diverting = [...sw.listeners].find(({ session }) => session?.channel === channel && session.diverts)
  if (diverting) {
    if (diverting.subscription.listening) emitTo(diverting, own.slice(1), body)
    return
  }
  later(sw, TIMING.frame, () => {
    const app = channel.executions.at(-1)?.app
    if (app === 'park' || app === 'socket') emitOfSession(sw, sentKind(name), channel, own, body)
  })
}

/**
 * `sendevent <name>`: the reply, `+OK` with the uuid of the event, which goes to everybody who wants it, the sender
 * among them. With the `Unique-ID` of a session it goes to that one only (`parse_command` in `mod_event_socket.c`).
 */
export const sendEventCommand = (sw: Switch, rest: string, command: Command): string => {
  const uuid = sw.random.uuid()
  const known = eventName(rest)
  const own = ownHeaders(known, command, uuid)
  // One of no name that there is goes out as CUSTOM, without a subclass.
  const name = known ?? 'CUSTOM'
  const body = command.body ?? ''
  const channel = sw.channels.get(headerOf(command, 'unique-id') ?? '')
  if (channel) giveToSession(sw, channel, name, own, body)
  else emitSent(sw, sentKind(name), own, body)
  return `+OK ${uuid}`
}
