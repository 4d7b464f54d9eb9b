import { describeCommand, idOf, sessionOf } from '../command-text.ts'

/** A command of the app, taken apart. */
export interface SentCommand {
  /** The application (`playback`), the API (`uuid_kill`), or the command itself (`linger`). */
  readonly name: string
  /** What it was given, without the uuid of its session. */
  readonly arg: string
  /** The leg that it is for. */
  readonly session: string | undefined
  /** As it went to the switch, without the blank line. */
  readonly text: string
  /** By which the events that it leads to know it: `Application-UUID`, `Job-UUID`. */
  readonly id: string | undefined
}

const header = (text: string, name: string): string | undefined =>
  new RegExp(`\\n${name}: ([^\\n]*)`).exec(text)?.[1]

const BLANKS: Readonly<Record<string, string>> = { s: ' ', n: '\n', r: '\r', t: '\t' }

/** A word of an API's argument as the switch reads it (`switch_separate_string` in `src/switch_utils.c`). */
const readWord = (word: string): string => word.replace(/\\(.)/gs, (_, char: string) => BLANKS[char] ?? char)

/** Takes a command apart; `sessions` are the legs that there are. */
export const readCommand = (text: string, sessions: ReadonlySet<string>): SentCommand => {
  const [line = ''] = text.split('\n', 1)
  const session = sessionOf(text, sessions)
  const common = { session, text, id: idOf(text) }
  const [kind = '', name = '', ...args] = line.split(' ')
  if (kind === 'sendmsg') {
    const app = header(text, 'execute-app-name')
    if (app !== undefined) return { ...common, name: app, arg: header(text, 'execute-app-arg') ?? '' }
    return { ...common, name: header(text, 'call-command') ?? '', arg: header(text, 'hangup-cause') ?? '' }
  }
  if (kind !== 'api' && kind !== 'bgapi') return { ...common, name: kind, arg: line.slice(kind.length + 1) }
  const own = session === undefined ? -1 : args.indexOf(session)
  const words = args.filter((_, i) => i !== own)
  return { ...common, name, arg: (kind === 'api' ? words.map(readWord) : words).join(' ') }
}

/** In a line, for people. */
export const showCommand = ({ name, arg, text, session }: SentCommand): string =>
  text.startsWith('sendmsg')
    ? describeCommand(text, session)
    : [name, arg].filter((part) => part !== '').join(' ')

/** What a session's verb is called on the wire, where it is called something else. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  hangup: ['uuid_kill', 'hangup'],
  setVar: ['uuid_setvar'],
  setVars: ['uuid_setvar'],
  unsetVar: ['uuid_setvar'],
  getVar: ['uuid_getvar'],
  preAnswer: ['pre_answer'],
  ringReady: ['ring_ready'],
  park: ['uuid_park', 'park'],
  transfer: ['uuid_transfer', 'transfer'],
  schedHangup: ['sched_hangup'],
  clearTasks: ['sched_del'],
  mute: ['uuid_audio'],
  unmute: ['uuid_audio'],
  broadcast: ['uuid_broadcast', 'sched_broadcast'],
  breakMedia: ['uuid_break'],
  startRecord: ['uuid_record'],
  stopRecord: ['uuid_record'],
  record: ['uuid_record', 'record'],
  sendDtmf: ['uuid_send_dtmf'],
  schedDtmf: ['sched_api'],
  collectDigits: ['play_and_get_digits'],
  bypassMedia: ['uuid_media'],
  detectTone: ['tone_detect'],
  startAmd: ['avmd_start'],
  stopAmd: ['avmd_stop'],
}

/** What a command may be asked to be: its text in full, a pattern, or a test of your own. */
export type ArgMatch = string | RegExp | ((arg: string, command: SentCommand) => boolean)

/** A command that is wanted: its name on the wire or the verb's, and what it is given. */
export type Wanted = string | readonly [name: string, arg?: ArgMatch | undefined]

export const isNamed = (command: SentCommand, name: string): boolean =>
  command.name === name || (VERBS[name]?.includes(command.name) ?? false)

export const isWanted = (command: SentCommand, wanted: Wanted): boolean => {
  const [name, arg] = typeof wanted === 'string' ? [wanted] : wanted
  if (!isNamed(command, name)) return false
  if (arg === undefined) return true
  if (typeof arg === 'string') return command.arg === arg
  return typeof arg === 'function' ? arg(command.arg, command) : arg.test(command.arg)
}

export const showWanted = (wanted: Wanted): string => {
  const [name, arg] = typeof wanted === 'string' ? [wanted] : wanted
  if (arg === undefined) return name
  return `${name} ${typeof arg === 'function' ? '(that passes a test)' : String(arg)}`
}
