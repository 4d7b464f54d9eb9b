import { AbortedError, ConnectionLostError, type ConnectError } from '../errors.ts'
import { callGuarded } from '../flow/call-guarded.ts'
import type { Commands } from '../link/commands.ts'
import { openLink, type LinkOptions } from '../link/inbound.ts'
import type { Insertion } from '../link/pump.ts'
import type { Connect } from '../link/transport.ts'
import type { Listener } from '../listener/listener.ts'
import type { Report } from '../listener/tasks.ts'
import type { ClientState, StateChange } from './client.ts'

/** A client's way to its switch. */
export interface Connection {
  /** Commands that are sent now; they reject with ConnectionLostError while there is no connection. */
  readonly commands: Commands
  /** Commands that wait where it is away: those of sessions. */
  readonly patient: Commands
  readonly state: ClientState
  /** Why it is away, or was closed by itself. */
  readonly error: ConnectionLostError | ConnectError | undefined
  onState(listener: (change: StateChange) => void): () => void
  /** Does these in the turn of events, before what comes next. */
  insert(insertions: readonly Insertion[]): void
  exit(): Promise<void>
}

/** What a connection is opened with. */
export interface ConnectionParts {
  readonly connect: Connect
  readonly options: LinkOptions
  readonly listener: Listener
}

/** Those who want to know how a connection is. */
export interface StateListeners {
  tell(change: StateChange): void
  on(listener: (change: StateChange) => void): () => void
}

/** One that throws keeps nobody else from being told; `failed` is. */
export const createStateListeners = (failed: Report): StateListeners => {
  const listeners = new Set<(change: StateChange) => void>()
  return {
    tell(change) {
      for (const listener of [...listeners])
        callGuarded(
          () => listener(change),
          (error) => failed({ app: 'onState', id: '', event: change.state, session: undefined, error }),
        )
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Why everything ends where nobody asked the switch to go away. */
export const closedOnPurpose = (what: string): AbortedError => new AbortedError(what, 'the client was closed')

/** A connection that is not made again: when it is lost, everything ends. */
export const openOnce = async ({ connect, options, listener }: ConnectionParts): Promise<Connection> => {
  const states = createStateListeners(listener.failed)
  let lost: ConnectionLostError | undefined
  const link = await openLink(
    connect,
    {
      event: (event) => listener.dispatch(event),
      closed(error) {
        lost = error
        listener.lost((what) =>
          error ? new ConnectionLostError(what, error.address, error.cause) : closedOnPurpose(what),
        )
        states.tell({ state: 'closed', error })
      },
    },
    options,
  )
  return {
    commands: link,
    patient: link,
    get state() {
      return link.open ? 'connected' : 'closed'
    },
    get error() {
      return lost
    },
    onState: (listen) => states.on(listen),
    insert: link.insert,
    exit: () => link.exit(),
  }
}
