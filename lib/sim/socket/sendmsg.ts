import { utf8 } from '../../esl/percent.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { firstLine, headerOf, writtenIn, type Command } from './command-reader.ts'
import { encodeBytes } from '../events/encode.ts'
import { APPLICATIONS } from '../applications/index.ts'
import { missingApi } from '../execution/expand.ts'
import { KNOWN_APPLICATIONS } from '../execution/known-applications.ts'
import type { Action } from '../calls/dialplan.ts'
import type { Message } from '../execution/message.ts'
import { performMessage, queueMessage } from '../execution/messages.ts'
import type { Listener } from './listener.ts'
import type { Switch } from '../core/switch.ts'
import { isTrue } from '../channel/variables.ts'

/** `xferext`: each `application: <name> <argument>` is an action of the channel's new extension. */
const readActions = ({ written }: Command): { app: string; arg: string }[] =>
  written
    .filter(([name]) => name.toLowerCase() === 'application')
    .map(([, value]) => {
      const [, app = '', arg = ''] = /^(\S*) ?([^]*)$/.exec(value) ?? []
      return { app, arg }
    })

/**
 * The headers that the message has as an event. They are hardly ever asked for, and messages may wait as long as a call lasts: it
 * keeps nothing but what came.
 */
const headersOf = (uuid: string, bytes: string) => (): string => {
  const lines = writtenIn(bytes).map(([name, value]) =>
    value === '' ? '' : `\n${utf8(name)}: ${encodeBytes(value)}`,
  )
  // Without a uuid, FreeSWITCH does not cut the command off what follows it.
  return `\nCommand: ${encodeBytes(uuid === '' ? bytes : firstLine(bytes))}${lines.join('')}`
}

const readMessage = (uuid: string, command: Command): Message => {
  const { bytes, body } = command
  const get = (name: string): string | undefined => headerOf(command, name)
  const text = get('content-type') === 'text/plain' ? body : undefined
  return {
    command: get('call-command') ?? '',
    app: get('execute-app-name') ?? '',
    arg: get('execute-app-arg') ?? text ?? '',
    eventUuid: get('event-uuid'),
    eventLock: isTrue(get('event-lock')),
    loops: Number.parseInt(get('loops') ?? '1', 10) || 1,
    hangupCause: get('hangup-cause') ?? 'NORMAL_CLEARING',
    leadFrames: Number.parseInt(get('lead-frames') ?? '0', 10) || 0,
    actions: get('call-command') === 'xferext' ? readActions(command) : undefined,
    headers: headersOf(uuid, bytes),
  }
}

const isMissing = (name: string): boolean => !APPLICATIONS.has(name) && KNOWN_APPLICATIONS.has(name)
const NONE: readonly Action[] = []

/** What a real switch would do, but this one does not; undefined when it does. */
const notModelled = (sw: Switch, message: Message, nomedia: string): string | undefined => {
  const { command, app, arg, actions = NONE } = message
  if (command === 'unicast') return 'call-command unicast'
  // Without such a channel there is nothing to do, on a real switch either.
  if (command === 'nomedia' && sw.channels.has(nomedia)) return 'call-command nomedia'
  const missing = [app, ...actions.map((action) => action.app)].find(isMissing)
  if (missing !== undefined) return `the application ${missing}`
  const api = missingApi(arg)
  return api === undefined ? undefined : `the api command ${api} in an argument`
}

/** A session's own connection that is not async carries the message out itself, and answers when that is done. */
const runsItself = ({ session }: Listener, channel: Channel, command: Command): boolean =>
  session?.channel === channel && !session.async && !isTrue(headerOf(command, 'async'))

/**
 * `sendmsg <uuid>`; on a connection that controls a session, without one too. `+OK` means that the message is queued,
 * whatever is in it: an unknown application hangs the channel up later. A real application that is not modelled is
 * refused here, and nothing is queued.
 */
export const sendmsgCommand = (
  sw: Switch,
  listener: Listener,
  rest: string,
  command: Command,
  answer: (text: string) => void,
): void => {
  const inLine = rest.trim()
  const uuid = inLine === '' ? (headerOf(command, 'session-id') ?? '') : inLine
  const channel = sw.channels.get(uuid) ?? (uuid === '' ? listener.session?.channel : undefined)
  if (!channel) {
    answer(`-ERR invalid session id [${uuid}]`)
    return
  }
  const read = readMessage(inLine, command)
  const missing = notModelled(sw, read, headerOf(command, 'nomedia-uuid') ?? '')
  const message = read.command === 'execute' && read.app === '' ? { ...read, command: '' } : read
  if (missing !== undefined) answer(`-ERR ${missing} is not modelled by the embedded switch`)
  else if (runsItself(listener, channel, command)) {
    listener.busy = true
    if (isUp(channel)) performMessage(sw, channel, message, () => answer('+OK'))
    else answer('+OK')
  } else {
    queueMessage(sw, channel, message)
    answer('+OK')
  }
}
