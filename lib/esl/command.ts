import { ArgumentError } from '../errors.ts'
import { requireOneLine } from './encode/one-line.ts'
import type { EventFormat } from './frames.ts'

/**
 * Commands as they go to the switch: a line, header lines, a blank line (`parse_command` in
 * `src/mod/event_handlers/mod_event_socket/mod_event_socket.c`). FreeSWITCH reads them one byte at a time, so they are
 * kept short.
 */

/** `api ...` (dots) shuts the switch down; it is never what a program meant. */
const requireApiName = (command: string): string => {
  const line = requireOneLine('an api command', command).trim()
  if (line === '' || line.startsWith('...'))
    throw new ArgumentError(`expected an api command such as "status", got ${JSON.stringify(command)}`)
  return line
}

type Headers = readonly (readonly [name: string, value: string])[]

const command = (line: string, headers: Headers = []): string => {
  let out = line + '\n'
  for (const [name, value] of headers)
    out += `${requireOneLine('the name of a header', name)}: ${requireOneLine(`header ${name}`, value)}\n`
  return out + '\n'
}

export const encodeAuth = (password: string): string =>
  command(`auth ${requireOneLine('the password', password)}`)

/** `user` is `name@domain`, as the switch's directory has it. */
export const encodeUserAuth = (user: string, password: string): string =>
  command(`userauth ${requireOneLine('the user', user)}:${requireOneLine('the password', password)}`)

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

/** Standard names first, then `CUSTOM` and the subclasses, for everything after `CUSTOM` is taken for one. */
const eventList = (names: readonly string[]): string => {
  const custom = names.filter((name) => name.includes('::'))
  const standard = names.filter((name) => !name.includes('::'))
  return [...standard, ...(custom.length > 0 ? ['CUSTOM', ...custom] : [])].join(' ')
}

export const encodeEvent = (format: EventFormat, names: readonly string[]): string =>
  command(requireOneLine('an event name', `event ${format} ${eventList(names)}`))

export const encodeNixevent = (names: readonly string[]): string =>
  command(requireOneLine('an event name', `nixevent ${eventList(names)}`))

/** Headers of a `sendmsg`, in order; `Event-UUID` comes back as `Application-UUID` on the execution's events. */
export const encodeSendmsg = (uuid: string, headers: Headers): string =>
  command(`sendmsg ${requireOneLine('a session uuid', uuid)}`, headers)

export const encodeExit = (): string => command('exit')

/** Any other command line, such as `log 7` or `filter Unique-ID x`. A blank one would never be answered. */
export const encodeLine = (line: string): string => {
  const [, api] = /^\s*(?:bg)?api\s(.*)$/is.exec(requireOneLine('a command', line)) ?? []
  if (api !== undefined) requireApiName(api)
  if (line.trim() === '')
    throw new ArgumentError(`expected a command such as "log 7", got ${JSON.stringify(line)}`)
  return command(line)
}
