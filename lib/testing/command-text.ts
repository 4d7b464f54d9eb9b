import { maskSecretsIn } from './mask-secrets.ts'

/** Commands as they went to the switch, read again: `sendmsg <uuid>\ncall-command: execute\n…`, `api uuid_kill <uuid>`. */

/** Ids that are made up anew in each run, and say nothing about it. */
const ID = /\n(?:Event-UUID|Job-UUID): ([^\n]*)/

/** The id that the switch gives back on what the command leads to: `Application-UUID`, or `Job-UUID`. */
export const idOf = (command: string): string | undefined => ID.exec(command)?.[1]

/**
 * What two runs can be compared by: without ids, secrets as a recording has them, and without `event-lock`, of which
 * events do not tell.
 */
export const comparable = (command: string): string =>
  maskSecretsIn(command.replace(new RegExp(ID, 'g'), '').replace(/\nevent-lock: [^\n]*/g, ''))

/** What a client says for itself, whatever its apps do. */
export const isHousekeeping = (command: string): boolean =>
  /^(?:auth|userauth|event|nixevent|exit|api show application)\b/i.test(command)

/** The session that a command is for: `sendmsg <uuid>`, `api uuid_kill <uuid>`, `bgapi sched_hangup +1 <uuid>`. */
export const sessionOf = (command: string, sessions: ReadonlySet<string>): string | undefined =>
  command
    .split('\n', 1)[0]
    ?.split(' ')
    .find((word) => sessions.has(word))

const FIXED = new Set([
  'call-command',
  'execute-app-name',
  'execute-app-arg',
  'Event-UUID',
  'Job-UUID',
  'event-lock',
])

/** In one line, for people: `playback hello.wav (loops: 3)`, `api uuid_kill NORMAL_CLEARING`; the session is left out. */
export const describeCommand = (command: string, session?: string): string => {
  const [first = '', ...lines] = command.split('\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(': ')
    return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 2)]
  })
  const get = (name: string): string | undefined => headers.find(([each]) => each === name)?.[1]
  const rest = headers.filter(([name]) => !FIXED.has(name)).map(([name, value]) => `${name}: ${value}`)
  const [app, what] = [get('execute-app-name'), get('call-command')]
  const line = first
    .split(' ')
    .filter((word) => word !== session)
    .join(' ')
  const told = app ?? (what === undefined ? line : what)
  const arg = app === undefined ? undefined : get('execute-app-arg')
  return [told, arg, rest.length > 0 ? `(${rest.join(', ')})` : undefined]
    .filter((part) => part !== undefined)
    .join(' ')
}
