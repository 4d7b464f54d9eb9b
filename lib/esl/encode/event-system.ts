import { ArgumentError } from '../../errors.ts'
import { EVENT_NAMES } from '../event-names.ts'
import { requireEventName } from '../subscribable.ts'
import { requireCarried } from './carried.ts'
import { requireOneLine } from './one-line.ts'

/**
 * The commands to the event system itself, `sendevent` and `filter` (`read_packet` and `parse_command` in
 * `src/mod/event_handlers/mod_event_socket/mod_event_socket.c`, `switch_event_base_add_header` in `src/switch_event.c`). The switch
 * cuts a header at its first colon and drops the blanks before its value, takes a name with `[` for a place in an array, a value
 * that begins with `ARRAY::` for an array, and leaves out an empty value: what it would change is refused.
 */

/** Headers of an event that is sent; undefined ones are left out. */
export type SentHeaders = Readonly<Record<string, string | number | boolean | undefined>>

const HEADER_NAME = /^[^\s:[\]\0]+$/

const requireHeaderName = (name: string): string => {
  if (!HEADER_NAME.test(name))
    throw new ArgumentError(
      `expected the name of a header, without blanks, colons and brackets, got ${JSON.stringify(name)}`,
    )
  return name
}

const requireHeaderValue = (name: string, value: string | number | boolean): string => {
  const text = requireOneLine(`header ${name}`, String(value))
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ArgumentError(`expected a number for header ${name}, got ${text}`)
  if (text === '' || text.startsWith(' ') || text.startsWith('ARRAY::'))
    throw new ArgumentError(
      `expected header ${name} to be neither empty nor to begin with a blank or ARRAY::, which the switch would change; got ${JSON.stringify(text)}`,
    )
  return text
}

/** What the command itself is made of. */
const OWN_HEADERS = new Set(['content-length', 'event-uuid', 'command'])

const TYPES: ReadonlySet<string> = new Set<string>([...EVENT_NAMES, 'CUSTOM'])

/** A `sendevent`; a name that is no event type is the subclass of a CUSTOM event. The length of a body is in bytes. */
export const encodeSendevent = (name: string, headers: SentHeaders, body: string | undefined): string => {
  requireEventName(name)
  const isType = TYPES.has(name)
  const lines = [`sendevent ${isType ? name : 'CUSTOM'}`]
  if (!isType) lines.push(`Event-Subclass: ${name}`)
  for (const [header, value] of Object.entries(headers)) {
    if (value === undefined) continue
    if (OWN_HEADERS.has(requireHeaderName(header).toLowerCase()))
      throw new ArgumentError(`expected a header that is not the command's own, got ${header}`)
    lines.push(`${header}: ${requireHeaderValue(header, value)}`)
  }
  if (body?.includes('\0'))
    throw new ArgumentError('a body must not hold NUL, at which the switch would end it')
  if (body !== undefined && body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
  return requireCarried(`${lines.join('\n')}\n\n`, lines[0] ?? '') + (body ?? '')
}

/** Words of the command that stand where a header's name does. */
const FILTER_WORDS = new Set(['add', 'delete', 'all'])

const requireFilterName = (name: string): string => {
  if (FILTER_WORDS.has(requireHeaderName(name).toLowerCase()))
    throw new ArgumentError(`expected the name of a header to filter by, got ${JSON.stringify(name)}`)
  return name
}

/** A `filter` line. A value between slashes is a regular expression of the switch's. */
export const filterLine = (name: string, value: string): string =>
  `filter ${requireFilterName(name)} ${requireHeaderValue(name, value)}`

/** The line that removes a filter; without a value, all of that header. */
export const unfilterLine = (name: string, value?: string): string =>
  `filter delete ${requireFilterName(name)}${value === undefined ? '' : ` ${requireHeaderValue(name, value)}`}`
