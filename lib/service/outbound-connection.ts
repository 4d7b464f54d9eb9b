import { ConnectionLostError } from '../errors.ts'
import { refuseCommands, type Commands } from '../link/commands.ts'
import type { Report } from '../listener/tasks.ts'
import type { Link } from '../link/inbound.ts'
import { nothing } from '../link/pump.ts'
import { createStateListeners, type Connection } from './connection.ts'
import type { HandedOver } from './handed-over.ts'

type Calls = ReadonlyMap<Link, HandedOver>

const latest = (calls: Calls): HandedOver | undefined => [...calls.values()].at(-1)

/** The connections to the switch of the call that was handed over last. */
export const waysTo = (calls: Calls): Link[] => {
  const core = latest(calls)?.core
  return [...calls.values()].filter((call) => call.core === core).map(({ link }) => link)
}

/** Has the events of a session come that is to be originated, over the connection that its command goes by. */
export const expectOn = (calls: Calls, uuid: string): (() => void) => latest(calls)?.expect(uuid) ?? nothing

/** A server's way to the switches: the connection of a call that was handed over last. */
export const connectionTo = (
  name: string,
  calls: Calls,
  stop: () => Promise<void>,
  failed: Report,
): Connection & { close(): void } => {
  const states = createStateListeners(failed)
  let open = true
  const nobody = refuseCommands(
    (what) => new ConnectionLostError(what, name, 'no call is handed over at the moment'),
  )
  const commands = (): Commands => latest(calls)?.link ?? nobody
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
    insert: (insertions) => latest(calls)?.link.insert(insertions),
    exit: stop,
    close() {
      open = false
      states.tell({ state: 'closed' })
    },
  }
}
