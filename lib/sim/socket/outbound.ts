import type { Connect, TransportHandlers } from '../../link/transport.ts'
import type { Channel } from '../channel/channel.ts'
import type { Switch } from '../core/switch.ts'
import { attend } from './connection.ts'
import { takeControl, type Opener } from './controlled-session.ts'
import { createListener } from './listener.ts'

/** Where calls find the applications that control them; undefined where nobody listens. */
export type Outbound = (host: string, port: number) => Connect | undefined

/** How a call is handed over. */
export interface Handover {
  readonly async: boolean
  readonly full: boolean
  readonly opener: Opener
}

/**
 * Opens a connection for a call to the application that is to control it (`socket_function` in `mod_event_socket.c`).
 * Resolves to false when nobody is there. The client speaks first.
 */
export type HandOver = (
  sw: Switch,
  channel: Channel,
  to: { readonly host: string; readonly port: number },
  how: Handover,
) => Promise<boolean>

export const createHandOver =
  (outbound: Outbound): HandOver =>
  async (sw, channel, { host, port }, { async, full, opener }) => {
    const connect = outbound(host, port)
    const client: { handlers?: TransportHandlers } = {}
    const transport = await connect?.({
      data: (chunk) => client.handlers?.data(chunk),
      end: () => client.handlers?.end?.(),
      close: (error) => client.handlers?.close(error),
    }).catch(() => undefined)
    if (!transport) return false
    if (sw.closed) {
      transport.destroy()
      return true
    }
    const listener = createListener(transport, full ? 'full' : 'single-channel')
    takeControl(sw, listener, channel, { async, opener })
    client.handlers = attend(sw, listener)
    return true
  }
