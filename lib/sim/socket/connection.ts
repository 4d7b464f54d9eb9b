import type { Accept } from '../../link/memory.ts'
import type { Transport, TransportHandlers } from '../../link/transport.ts'
import { createCommandReader, type Command } from './command-reader.ts'
import { carryOut } from './commands.ts'
import { endConnection, sayGoodbye } from './end-connection.ts'
import { noticeHangup } from './hangup-notice.ts'
import { closeListener, createListener, releaseEvents, sendText, type Listener } from './listener.ts'
import { cancel, later, type Switch } from '../core/switch.ts'

const RUDE = 'Access Denied, go away.\n'

/** How long a client may take for its first command, in milliseconds. */
const FIRST_COMMAND = 25_000

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
    sendText(listener, 'Content-Type: auth/request\n\n')
    return attend(sw, listener)
  }

/** Attends to what a client says, from its first command to its end. */
export const attend = (sw: Switch, listener: Listener): TransportHandlers => {
  sw.listeners.add(listener)
  listener.first = later(sw, FIRST_COMMAND, () => endConnection(sw, listener), true)
  const { take, end } = inOrder(sw, listener)
  const text = createCommandReader(take, () => endConnection(sw, listener))
  return { data: (chunk) => text(chunk.toString('latin1')), text, end, close: end }
}

/** The first command has come: it is the one that is waited for, and on an outbound connection not answered. */
const noteFirst = (sw: Switch, listener: Listener): void => {
  listener.silent = listener.first !== undefined && listener.outbound !== undefined
  cancel(sw, listener.first)
  listener.first = undefined
}

/**
 * One command at a time: while one runs that takes its time, the next ones wait, and events until none waits. The end of
 * what the client says is noticed in its turn, too.
 */
const inOrder = (sw: Switch, listener: Listener) => {
  const waiting: Command[] = []
  let running = false
  let ended = false
  const finished = (goOn: boolean): void => {
    running = false
    if (!goOn) {
      endConnection(sw, listener)
      return
    }
    if (waiting.length > 0) return
    if (ended) {
      endConnection(sw, listener)
      return
    }
    if (listener.busy) releaseEvents(listener)
    noticeHangup(sw, listener)
  }
  const work = (): void => {
    while (!running && !listener.closed) {
      const command = waiting.shift()
      if (!command) return
      running = true
      noteFirst(sw, listener)
      let later = false
      carryOut(sw, listener, command, (goOn) => {
        finished(goOn)
        if (later) work()
      })
      later = true
    }
  }
  return {
    take: (command: Command): void => {
      waiting.push(command)
      work()
    },
    end: (): void => {
      ended = true
      if (!running) endConnection(sw, listener)
    },
  }
}
