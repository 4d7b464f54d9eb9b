import { ConnectionLostError } from '../errors.ts'
import { createCommands, type Commands } from '../link/commands.ts'
import { createStateListeners, type Connection } from './connection.ts'
import type { HandedOver } from './handed-over.ts'

/** A server's way to the switches: the connection of a call that was handed over last. */
export const connectionTo = (
  name: string,
  calls: ReadonlySet<HandedOver>,
  stop: () => Promise<void>,
): Connection & { close(): void } => {
  const states = createStateListeners()
  let open = true
  const nobody = createCommands((what) =>
    Promise.reject(new ConnectionLostError(what, name, 'no call is handed over at the moment')),
  )
  const commands = (): Commands => [...calls].at(-1)?.link ?? nobody
  return {
    get commands() {
      return commands()
    },
    get patient() {
      return commands()
    },
    get state() {
      return open ? 'connected' : 'closed'
    },
    error: undefined,
    onState: (listener) => states.on(listener),
    exit: stop,
    close() {
      open = false
      states.tell({ state: 'closed' })
    },
  }
}
