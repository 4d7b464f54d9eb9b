import { authenticate, authenticateUser } from './auth.ts'
import { bgapiCommand } from './bgapi.ts'
import type { Command } from './command-reader.ts'
import { filterCommand } from './filter-command.ts'
import { sendText, type Listener } from './listener.ts'
import { logCommand } from './log-command.ts'
import { runApiCommand } from './run-api.ts'
import { sendmsgCommand } from './sendmsg.ts'
import { subscribe, unsubscribe, unsubscribeAll } from './subscription.ts'
import type { Switch } from '../core/switch.ts'

/** Called when a command has been carried out; `false` ends the connection. */
export type Done = (goOn: boolean) => void

const reply = (listener: Listener, text: string): void =>
  sendText(listener, `Content-Type: command/reply\nReply-Text: ${text}\n\n`)

const NOT_FOUND = '-ERR command not found'

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')

/** What follows the name of a command, and what it answers. */
type Answer = (sw: Switch, listener: Listener, rest: string, command: Command) => string

/**
 * The commands that answer at once. FreeSWITCH compares only their beginnings, so `events` is `event`; the first that
 * fits is it (`parse_command` in `mod_event_socket.c`). What belongs to a session needs one, which an inbound connection
 * does not have.
 */
const COMMANDS: readonly (readonly [begins: string, answer: Answer])[] = [
  ['filter ', (sw, listener, rest) => filterCommand(listener, rest)],
  ['myevents ', () => '-ERR myevents is not modelled by the embedded switch'],
  ['divert_events', () => '-ERR not controlling a session.'],
  ['sendmsg', (sw, _, rest, command) => sendmsgCommand(sw, rest, command)],
  ['sendevent', () => '-ERR sendevent is not modelled by the embedded switch'],
  ['log', (_, listener, rest) => logCommand(listener, rest)],
  ['linger', () => '-ERR not controlling a session'],
  ['nolinger', () => '-ERR not controlling a session'],
  ['nolog', (_, listener) => (stopLog(listener) ? '+OK no longer logging' : '-ERR not loging')],
  ['event', (sw, listener, rest) => subscribe(sw, listener, words(afterFirstBlank(rest)))],
  ['nixevent', (sw, listener, rest) => unsubscribe(sw, listener, words(afterFirstBlank(rest)))],
  ['noevents', (sw, listener) => unsubscribeAll(sw, listener)],
]

/** `events plain ALL`: the `s` is part of the name. */
const afterFirstBlank = (rest: string): string => {
  const blank = rest.indexOf(' ')
  return blank < 0 ? '' : rest.slice(blank + 1)
}

const stopLog = (listener: Listener): boolean => {
  const was = listener.logLevel !== undefined
  listener.logLevel = undefined
  return was
}

/** Carries a command out, and answers it. */
export const carryOut = (sw: Switch, listener: Listener, command: Command, done: Done): void => {
  const { line } = command
  const lower = line.toLowerCase()
  if (lower.startsWith('exit') || lower.startsWith('...')) {
    reply(listener, '+OK bye')
    done(false)
  } else if (!listener.authenticated) {
    const answer = authenticate(sw, listener, line) ?? authenticateUser(sw, listener, line) ?? NOT_FOUND
    reply(listener, answer)
    done(answer !== '-ERR invalid')
  } else if (lower.startsWith('api ')) {
    runApiCommand(sw, listener, line.slice(4), done)
  } else if (lower.startsWith('bgapi ')) {
    bgapiCommand(sw, line.slice(6), command, (text) => reply(listener, text))
    done(true)
  } else {
    const found = COMMANDS.find(([begins]) => lower.startsWith(begins))
    reply(listener, found ? found[1](sw, listener, line.slice(found[0].length), command) : NOT_FOUND)
    done(true)
  }
}
