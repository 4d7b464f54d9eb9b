import { ArgumentError } from '../errors.ts'
import { requireCarried } from './encode/carried.ts'
import { requireOneLine } from './encode/one-line.ts'
import { requireUuid } from './encode/uuid.ts'
import { EVENT_NAMES } from './event-names.ts'
import type { EventFormat } from './frames.ts'

/**
 * Commands as they go to the switch: a line, header lines, a blank line (`parse_command` in
 * `src/mod/event_handlers/mod_event_socket/mod_event_socket.c`). FreeSWITCH reads them one byte at a time, so they are
 * kept short.
 */

/**
 * The line of an api command, without the blanks and tabs that the switch takes off itself (`switch_strip_whitespace`,
 * switch_utils.c:1469). `api ...` (dots) shuts the switch down; it is never what a program meant. Other white space at the
 * end would be part of the last argument.
 */
const requireApiName = (command: string): string => {
  const line = requireOneLine('an api command', command).replace(/^[ \t\v]+|[ \t\v]+$/g, '')
  if (line === '' || line.startsWith('...') || line.trim() !== line)
    throw new ArgumentError(
      `expected an api command such as "status", without white space around it, got ${JSON.stringify(command)}`,
    )
  return line
}

type Headers = readonly (readonly [name: string, value: string])[]

/** Names that need no look: those of our own commands. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  ...['call-command', 'execute-app-name', 'execute-app-arg', 'Event-UUID', 'event-lock', 'Job-UUID'],
])

/** Arrives as it is. */
const PLAIN_VALUE = /^[!-@B-~][ -~]*$/

/** `name: value`. The blanks before a value go, `ARRAY::` makes an array, and an empty one is no header. */
const requireHeader = (name: string, value: string): string => {
  if (OWN_NAMES.has(name) && PLAIN_VALUE.test(value)) return `${name}: ${value}\n`
  if (!/^[!-9;-~]+$/.test(name) || name.includes('['))
    throw new ArgumentError(
      `expected the name of a header, without blanks, ":" and "[", got ${JSON.stringify(name)}`,
    )
  requireOneLine(`header ${name}`, value)
  if (value === '' || value.startsWith(' ') || value.startsWith('ARRAY::'))
    throw new ArgumentError(
      `expected header ${name} not to be empty (leave it out), nor to begin with a blank or ARRAY::, which the switch takes off; got ${JSON.stringify(value)}`,
    )
  return `${name}: ${value}\n`
}

const command = (line: string, headers: Headers = []): string => {
  let out = line + '\n'
  for (const [name, value] of headers) out += requireHeader(name, value)
  return requireCarried(out + '\n', line)
}

/** A password is in no message: not even in that it cannot be sent. Throws ArgumentError (BAD_ARGUMENT). */
const requirePassword = (password: string): string => {
  if (/[\r\n\0]/.test(password))
    throw new ArgumentError('the password must not hold CR, LF or NUL: they end the command')
  return password
}

export const encodeAuth = (password: string): string => command(`auth ${requirePassword(password)}`)

/** `user` is `name@domain`, as the switch's directory has it; the password begins behind the first `:` (mod_event_socket.c:1913). */
export const encodeUserAuth = (user: string, password: string): string => {
  if (!/^[^@:]+@[^@:]+$/.test(requireOneLine('the user', user)))
    throw new ArgumentError(
      `expected a user of the form name@domain, without ":", got ${JSON.stringify(user)}`,
    )
  return command(`userauth ${user}:${requirePassword(password)}`)
}

export const encodeApi = (api: string): string => command(`api ${requireApiName(api)}`)

/** A longer one than some 230 bytes makes the switch cut its reply short and lose its framing. */
const LONGEST_JOB_UUID = 200

const requireJobUuid = (jobUuid: string): string => {
  if (jobUuid === '' || Buffer.byteLength(jobUuid) > LONGEST_JOB_UUID)
    throw new ArgumentError(
      `expected a Job-UUID of 1 to ${LONGEST_JOB_UUID} bytes, got ${JSON.stringify(jobUuid)}`,
    )
  return jobUuid
}

export const encodeBgapi = (api: string, jobUuid: string): string =>
  command(`bgapi ${requireApiName(api)}`, [['Job-UUID', requireJobUuid(jobUuid)]])

const TYPES: ReadonlySet<string> = new Set<string>([...EVENT_NAMES, 'ALL', 'all'])

/** A blank would make two names of one. */
const requireWord = (name: string): string => {
  if (!/^[^\s]+$/.test(name))
    throw new ArgumentError(`expected the name of an event, without blanks, got ${JSON.stringify(name)}`)
  return requireOneLine('an event name', name)
}

/** Event types first, then `CUSTOM` and the subclasses, for everything after `CUSTOM` is taken for one. */
const eventList = (names: readonly string[]): string => {
  for (const name of names) requireWord(name)
  const types = names.filter((name) => TYPES.has(name))
  const custom = names.filter((name) => !TYPES.has(name) && name !== 'CUSTOM')
  return [...types, ...(types.length < names.length ? ['CUSTOM', ...custom] : [])].join(' ')
}

export const encodeEvent = (format: EventFormat, names: readonly string[]): string =>
  command(`event ${format} ${eventList(names)}`)

export const encodeNixevent = (names: readonly string[]): string => command(`nixevent ${eventList(names)}`)

/** Headers of a `sendmsg`, in order; `Event-UUID` comes back as `Application-UUID` on the execution's events. */
export const encodeSendmsg = (uuid: string, headers: Headers): string =>
  command(`sendmsg ${requireUuid(uuid)}`, headers)

export const encodeExit = (): string => command('exit')

/** Any other command line, such as `log 7` or `filter Unique-ID x`. A blank one would never be answered. */
export const encodeLine = (line: string): string => {
  const [, api] = /^\s*(?:bg)?api\s(.*)$/is.exec(requireOneLine('a command', line)) ?? []
  if (api !== undefined) requireApiName(api)
  if (line.trim() === '')
    throw new ArgumentError(`expected a command such as "log 7", got ${JSON.stringify(line)}`)
  return command(line)
}
