import { isUp } from '../channel/channel.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import type { ControlledSession } from './controlled-session.ts'
import { endConnection } from './end-connection.ts'
import { sendText, type Listener } from './listener.ts'

/** It looks at whole seconds, and ends when they are more than those that it was to wait. */
const msOf = (sw: Switch, seconds: number): number =>
  (Math.floor(sw.clock.now() / 1000) + seconds + 1) * 1000 - sw.clock.now()

/**
 * A connection notices that its session has hung up: it ends, or says that it lingers (`read_packet` in
 * `mod_event_socket.c`). One that is at work notices when it is through.
 */
export const noticeHangup = (sw: Switch, listener: Listener): void => {
  const { session } = listener
  if (!session || session.over || listener.busy || listener.closed || isUp(session.channel)) return
  session.over = true
  const { linger, channel } = session
  if (linger === undefined) {
    endConnection(sw, listener)
    return
  }
  sendText(
    listener,
    `Content-Type: text/disconnect-notice\nControlled-Session-UUID: ${channel.uuid}` +
      `\nContent-Disposition: linger\nChannel-Name: ${channel.name}\nLinger-Time: ${linger}\nContent-Length: 0\n\n`,
  )
  if (linger >= 0) session.end = later(sw, msOf(sw, linger), () => endConnection(sw, listener))
}

/** `linger [seconds]`. While it lingers already, FreeSWITCH takes the seconds for a point in time, which is long past. */
export const setLinger = (
  sw: Switch,
  listener: Listener,
  session: ControlledSession,
  seconds: number,
): void => {
  session.linger = seconds
  if (!session.over) return
  cancel(sw, session.end)
  if (seconds >= 0) session.end = later(sw, TIMING.frame, () => endConnection(sw, listener))
}
