import { authenticate, authenticateUser } from './auth.ts'
import { bgapiCommand } from './bgapi.ts'
import type { Command } from './command-reader.ts'
import { filterCommand } from './filter-command.ts'
import type { Listener } from './listener.ts'
import { logCommand, nologCommand } from './log-command.ts'
import { myEventsCommand } from './my-events.ts'
import { reply } from './reply.ts'
import { runApiCommand } from './run-api.ts'
import { sendEventCommand } from './send-event.ts'
import { sendmsgCommand } from './sendmsg.ts'
import {
  connectCommand,
  divertEventsCommand,
  getvarCommand,
  lingerCommand,
  nolingerCommand,
  resumeCommand,
} from './session-commands.ts'
import { subscribe, unsubscribe, unsubscribeAll } from './subscription.ts'
import type { Switch } from '../core/switch.ts'

/** Called when a command has been carried out; `false` ends the connection. */
export type Done = (goOn: boolean) => void

const NOT_FOUND = '-ERR command not found'

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')

/** Carries a command out; `rest` is what follows its name. */
type Work = (sw: Switch, listener: Listener, rest: string, command: Command, done: Done) => void

/** A command that answers at once; with nothing to say, it is as if it were not there. */
const answering =
  (answer: (sw: Switch, listener: Listener, rest: string, command: Command) => string): Work =>
  (sw, listener, rest, command, done) => {
    const text = answer(sw, listener, rest, command)
    reply(listener, text === '' ? NOT_FOUND : text)
    done(true)
  }

const connect: Work = (sw, listener, _, __, done) => {
  if (listener.session) connectCommand(sw, listener, listener.session)
  done(true)
}

const sendmsg: Work = (sw, listener, rest, command, done) =>
  sendmsgCommand(sw, listener, rest, command, (text) => {
    reply(listener, text)
    done(true)
  })

/** The sender gets its own event behind the reply. */
const sendevent = answering((sw, listener, rest, command) => {
  listener.busy = true
  return sendEventCommand(sw, rest, command)
})

const bgapi: Work = (sw, listener, rest, command, done) => {
  bgapiCommand(sw, rest, command, listener)
  done(true)
}

const ofSession = ({ session }: Listener): boolean => session !== undefined

type Verb = readonly [begins: string, work: Work, isFor?: (listener: Listener) => boolean]

/**
 * FreeSWITCH compares only the beginnings of commands, so `events` is `event`; the first that fits is it
 * (`parse_command` in `mod_event_socket.c`). These are for every connection.
 */
const COMMON: readonly Verb[] = [
  ['filter ', answering((_, listener, rest) => filterCommand(listener, rest))],
  ['resume', answering((_, { session }) => (session ? resumeCommand(session) : '')), ofSession],
  ['connect', connect, ofSession],
  [
    'getvar',
    answering((sw, { session }, rest) => (session ? getvarCommand(sw, session, rest) : '')),
    ofSession,
  ],
  ['myevents', answering(myEventsCommand), ofSession],
  ['myevents ', answering(myEventsCommand)],
  ['divert_events', answering((_, listener, rest) => divertEventsCommand(listener, rest))],
  ['sendmsg', sendmsg],
]

/** And these for all but an outbound one without `full`. */
const FULL: readonly Verb[] = [
  ['sendevent', sendevent],
  ['api ', (sw, listener, rest, _, done) => runApiCommand(sw, listener, rest, done)],
  ['bgapi ', bgapi],
  ['log', answering(logCommand)],
  ['linger', answering((sw, listener, rest) => lingerCommand(sw, listener, rest))],
  ['nolinger', answering((_, listener) => nolingerCommand(listener))],
  ['nolog', answering(nologCommand)],
  ['event', answering((sw, listener, rest) => subscribe(sw, listener, words(afterFirstBlank(rest))))],
  ['nixevent', answering((sw, listener, rest) => unsubscribe(sw, listener, words(afterFirstBlank(rest))))],
  ['noevents', answering((sw, listener) => unsubscribeAll(sw, listener))],
]

/** `events plain ALL`: the `s` is part of the name. */
const afterFirstBlank = (rest: string): string => {
  const blank = rest.indexOf(' ')
  return blank < 0 ? '' : rest.slice(blank + 1)
}

const find = (verbs: readonly Verb[], listener: Listener, line: string): Verb | undefined =>
  verbs.find(([begins, , isFor]) => line.startsWith(begins) && (!isFor || isFor(listener)))

/**
 * Whatever speaks of unloading or reloading the Event Socket is done in the background, for it could not wait for its own end
 * (`unload_cheat` and `reload_cheat` in `parse_command`).
 */
const lineOf = ({ line }: Command): string => {
  const [, what] = /mod_event_socket/i.test(line)
    ? (/(unload)/i.exec(line) ?? /(reload)/i.exec(line) ?? [])
    : []
  return what === undefined ? line : `api bgapi ${what.toLowerCase()} mod_event_socket`
}

/** Carries a command out, and answers it. */
export const carryOut = (sw: Switch, listener: Listener, command: Command, done: Done): void => {
  const line = lineOf(command)
  const lower = line.toLowerCase()
  if (lower.startsWith('exit') || lower.startsWith('...')) {
    reply(listener, '+OK bye')
    done(false)
    return
  }
  if (!listener.authenticated) {
    const answer = authenticate(sw, listener, line) ?? authenticateUser(sw, listener, line) ?? NOT_FOUND
    reply(listener, answer)
    done(answer !== '-ERR invalid')
    return
  }
  const limited = listener.outbound === 'single-channel'
  const found = find(COMMON, listener, lower) ?? (limited ? undefined : find(FULL, listener, lower))
  if (found) found[1](sw, listener, line.slice(found[0].length), command, done)
  else {
    reply(listener, NOT_FOUND)
    done(true)
  }
}
