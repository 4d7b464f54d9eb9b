import { ConnectionLostError } from '../errors.ts'
import { addressOf } from '../link/access-list.ts'
import { refuseCommands, type Commands } from '../link/commands.ts'
import type { Report } from '../listener/tasks.ts'
import type { Link } from '../link/inbound.ts'
import { nothing } from '../link/pump.ts'
import { createStateListeners, type Connection } from './connection.ts'
import type { HandedOver } from './handed-over.ts'

type Calls = ReadonlyMap<Link, HandedOver>

/** The call that is up for the longest time: whoever connects later is asked nothing while there is another. */
const eldest = (calls: Calls): HandedOver | undefined => {
  const all = [...calls.values()]
  return all.find(({ lingers }) => !lingers()) ?? all[0]
}

/** The connections that commands go over: the one that they go over now first, then others of the same switch. */
export const waysTo = (calls: Calls): Link[] => {
  const first = eldest(calls)
  if (!first) return []
  const others = [...calls.values()].filter(
    (call) =>
      call !== first && call.core === first.core && addressOf(call.link.peer) === addressOf(first.link.peer),
  )
  return [first, ...others].map(({ link }) => link)
}

/** Has the events of a session come that is to be originated, over the connection that its command goes by. */
export const expectOn = (calls: Calls, uuid: string): (() => void) => eldest(calls)?.expect(uuid) ?? nothing

/** A server's way to the switches: the connection of the call that has been handed over for the longest time. */
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
  const commands = (): Commands => eldest(calls)?.link ?? nobody
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
    insert: (insertions) => eldest(calls)?.link.insert(insertions),
    exit: stop,
    close() {
      open = false
      states.tell({ state: 'closed' })
    },
  }
}
