import type { Accept } from '../../link/memory.ts'
import type { Transport, TransportHandlers } from '../../link/transport.ts'
import { createCommandReader, type Command } from './command-reader.ts'
import { carryOut } from './commands.ts'
import { closeListener, createListener, sendText, type Listener } from './listener.ts'
import { refreshWanting } from './subscription.ts'
import type { Switch } from '../core/switch.ts'

const GOODBYE = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n'

/** The last words to a connection; the switch that shuts down has others. */
export const sayGoodbye = (listener: Listener, text = GOODBYE): void =>
  sendText(listener, `Content-Type: text/disconnect-notice\nContent-Length: ${text.length}\n\n${text}`)

const RUDE = 'Access Denied, go away.\n'

const forget = (sw: Switch, listener: Listener): void => {
  listener.closed = true
  if (sw.listeners.delete(listener)) refreshWanting(sw)
}

/** Serves a connection from its greeting to its end (`listener_run` in `mod_event_socket.c`). */
export const serve =
  (sw: Switch, isAllowed: (address: string) => boolean): Accept =>
  (transport: Transport): TransportHandlers => {
    const listener = createListener(transport)
    if (!isAllowed(transport.peer.replace(/:\d+$/, ''))) {
      sendText(listener, `Content-Type: text/rude-rejection\nContent-Length: ${RUDE.length}\n\n${RUDE}`)
      sayGoodbye(listener)
      closeListener(listener)
      return { data: () => undefined, close: () => undefined }
    }
    sw.listeners.add(listener)
    sendText(listener, 'Content-Type: auth/request\n\n')
    return { data: createCommandReader(inOrder(sw, listener)), close: () => forget(sw, listener) }
  }

/** One command at a time: while an api command runs, the next ones wait. */
const inOrder = (sw: Switch, listener: Listener): ((command: Command) => void) => {
  const waiting: Command[] = []
  let running = false
  const finished = (goOn: boolean): void => {
    running = false
    if (goOn) return
    sayGoodbye(listener)
    closeListener(listener)
    forget(sw, listener)
  }
  const work = (): void => {
    while (!running && !listener.closed) {
      const command = waiting.shift()
      if (!command) return
      running = true
      let later = false
      carryOut(sw, listener, command, (goOn) => {
        finished(goOn)
        if (later) work()
      })
      later = true
    }
  }
  return (command) => {
    waiting.push(command)
    work()
  }
}
