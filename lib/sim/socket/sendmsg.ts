import type { Command } from './command-reader.ts'
import { header } from '../events/encode.ts'
import { APPLICATIONS } from '../applications/index.ts'
import { callsApi } from '../execution/expand.ts'
import { KNOWN_APPLICATIONS } from '../execution/known-applications.ts'
import type { Message } from '../execution/message.ts'
import { queueMessage } from '../execution/messages.ts'
import type { Switch } from '../core/switch.ts'
import { isTrue } from '../channel/variables.ts'

const NOT_MODELLED_COMMANDS = new Set(['unicast', 'nomedia', 'xferext'])

const readMessage = (uuid: string, { headers, written, body }: Command): Message => {
  const get = (name: string): string | undefined => headers.get(name)
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
    headers:
      header('Command', `sendmsg ${uuid}`.trimEnd()) +
      written.map(([name, value]) => header(name, value)).join(''),
  }
}

/** What a real switch would do, but this one does not; undefined when it does. */
const notModelled = ({ command, app, arg }: Message): string | undefined => {
  if (NOT_MODELLED_COMMANDS.has(command)) return `call-command ${command}`
  if (command !== 'execute') return undefined
  if (KNOWN_APPLICATIONS.has(app) && !APPLICATIONS.has(app)) return `the application ${app}`
  return callsApi(arg) ? 'an api call in an argument' : undefined
}

/**
 * `sendmsg <uuid>`: the reply. `+OK` means that the message is queued, whatever is in it: an unknown application hangs
 * the channel up later. A real application that is not modelled is refused here, and nothing is queued.
 */
export const sendmsgCommand = (sw: Switch, rest: string, command: Command): string => {
  const inLine = rest.trim()
  const uuid = inLine === '' ? (command.headers.get('session-id') ?? '') : inLine
  const channel = sw.channels.get(uuid)
  if (!channel) return `-ERR invalid session id [${uuid}]`
  const message = readMessage(inLine, command)
  const missing = notModelled(message)
  if (missing !== undefined) return `-ERR ${missing} is not modelled by the embedded switch`
  if (message.command === 'execute' && message.app === '')
    queueMessage(sw, channel, { ...message, command: '' })
  else queueMessage(sw, channel, message)
  return '+OK'
}
