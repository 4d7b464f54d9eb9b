import type { Channel } from '../channel/channel.ts'
import { eventHead } from '../events/event-head.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { nextSequence } from '../events/emit.ts'
import { queueMessage } from './messages.ts'
import type { Switch } from '../core/switch.ts'

/** Has a channel run an application when it next looks (`switch_core_session_execute_application_async`). */
export const queueApplication = (sw: Switch, channel: Channel, app: string, arg: string): void => {
  const headers =
    `\n${eventHead(sw, KINDS.broadcast, nextSequence(sw))}\ncall-command: execute` +
    `${header('execute-app-name', app)}${header('execute-app-arg', arg)}`
  queueMessage(sw, channel, {
    command: 'execute',
    app,
    arg,
    eventUuid: undefined,
    eventLock: false,
    loops: 1,
    hangupCause: '',
    leadFrames: 0,
    headers: () => headers,
    actions: undefined,
  })
}
