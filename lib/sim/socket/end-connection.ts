import { giveUpControl } from '../channel/channel-end.ts'
import { cancel, type Switch } from '../core/switch.ts'
import type { ControlledSession } from './controlled-session.ts'
import { closeListener, sendText, type Listener } from './listener.ts'
import { refreshLogLevel } from './log-command.ts'
import { refreshWanting } from './subscription.ts'

/** The last words where the module goes, by itself or with the whole switch. */
export const SHUT_DOWN = 'The system is being shut down.\n'
const GOODBYE = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n'

/** The last words to a connection; the switch that shuts down has others. */
export const sayGoodbye = (listener: Listener, text = GOODBYE): void => {
  const whose = listener.session
    ? `Controlled-Session-UUID: ${listener.session.channel.uuid}\nContent-Disposition: disconnect\n`
    : ''
  sendText(
    listener,
    `Content-Type: text/disconnect-notice\n${whose}Content-Length: ${text.length}\n\n${text}`,
  )
}

/** The session is nobody's any longer: where it is parked, its dialplan goes on. */
const letGo = (sw: Switch, session: ControlledSession): void => {
  const { channel, opener, hungUp, resume } = session
  cancel(sw, session.end)
  for (const run of [...channel.executions]) run.onUncontrolled?.()
  giveUpControl(sw, channel, hungUp)
  opener?.ended(resume)
}

/** Ends a connection, whoever wants it: the client, its session's hangup, the switch (`listener_run`, from `done:`). */
export const endConnection = (sw: Switch, listener: Listener, words = GOODBYE): void => {
  if (!sw.listeners.delete(listener)) return
  refreshWanting(sw)
  if (listener.logLevel !== undefined) refreshLogLevel(sw)
  cancel(sw, listener.first)
  sayGoodbye(listener, words)
  closeListener(listener)
  if (listener.session) letGo(sw, listener.session)
}
