import { isUuid } from '../esl/encode/uuid.ts'
import type { TimerHandle } from '../clock.ts'
import { ConnectionLostError, type ConnectError } from '../errors.ts'
import { refuseCommands, type Commands } from '../link/commands.ts'
import { holdCommands } from '../link/held.ts'
import type { Link } from '../link/inbound.ts'
import { openReconnectingLink } from '../link/reconnecting.ts'
import type { BackoffOptions } from '../link/backoff.ts'
import { createCatchUp, type CatchUp } from '../listener/catch-up.ts'
import type { SessionState } from '../model/state.ts'
import type { ClientState } from './client.ts'
import { closedOnPurpose, createStateListeners, type Connection, type ConnectionParts } from './connection.ts'
import { pendingVerbs, type PendingVerbs } from './pending-verbs.ts'
import { coreUuid, resynchronise, type Resynchronised } from './resynchronise.ts'

/** How a connection is made again. All times in milliseconds. */
export interface ReconnectOptions extends BackoffOptions {
  /** How long sessions are kept while their switch is away; then they end as lost. Default 120 000. */
  readonly keepSessions?: number | undefined
}

export interface OpenAgainParts extends ConnectionParts {
  /** `host:port`, for messages. */
  readonly name: string
  readonly reconnect: ReconnectOptions
  /** Has the switch send its events again. */
  readonly subscribe: (commands: Commands) => Promise<void>
  /** Finds out again what the switch has. */
  readonly refresh: (commands: Commands) => Promise<void>
  /** Whether the switch may be away at first. */
  readonly mayBeAway: boolean
}

/** How long events that were made up may come by themselves yet, in ms. */
const REPEATS = 1000

/**
 * A connection that is made again when it is lost. Meanwhile sessions and their flows wait, and so do the commands of
 * sessions; what was in flight rejects with ConnectionLostError. Once it is back, sessions are brought up to date: see
 * `resynchronise`.
 */
export const openAgainAndAgain = async (parts: OpenAgainParts): Promise<Connection> => {
  const { connect, options, listener, name, reconnect, subscribe, refresh, mayBeAway } = parts
  const { clock, commandTimeout = 30_000 } = options
  const { keepSessions = 120_000 } = reconnect
  const states = createStateListeners(listener.failed)
  let state: ClientState = 'connected'
  let error: ConnectionLostError | ConnectError | undefined
  let pending: ReadonlyMap<SessionState, PendingVerbs> = new Map()
  let catchUp: CatchUp | undefined
  let timer: TimerHandle | undefined
  let core = ''
  /** The latest connection; undefined before the first. */
  let active: Link | undefined
  const nobody = refuseCommands((what) => new ConnectionLostError(what, name, error))
  const commands = (): Commands => active ?? nobody
  const held = holdCommands(clock, commands, commandTimeout)

  const after = (ms: number, fn: () => void): void => {
    clock.clearTimeout(timer)
    timer = clock.setTimeout(fn, ms, true)
  }

  const loseAll = (): void => {
    for (const each of [...listener.tables.sessions.values()]) active?.insert(listener.lose(each))
    listener.jobs.forget()
  }

  const away = (why: ConnectionLostError | ConnectError): void => {
    state = 'away'
    error = why
    catchUp = undefined
    held.hold()
    pending = pendingVerbs(listener.tables.sessions.values())
    listener.away((what) => new ConnectionLostError(what, name, why))
    after(keepSessions, loseAll)
    states.tell({ state, error })
  }

  /** The first connection: as with one that is there at the start, calls that are up are none of ours. */
  const begin = async (link: Link): Promise<void> => {
    await subscribe(link)
    core = await coreUuid(link)
  }

  const resume = async (link: Link): Promise<Resynchronised> => {
    const caughtUp = createCatchUp(listener)
    catchUp = caughtUp
    const synchronised = await resynchronise({
      link,
      listener,
      catchUp: caughtUp,
      subscribe: () => subscribe(link),
      pending,
      core,
    })
    core = synchronised.core
    const { calls, placed } = listener.tables
    placed.settle((uuid) => calls.has(uuid))
    if (synchronised.found.restarted) listener.jobs.forget()
    for (const { uuid, job } of listener.tables.sessions.values())
      if (job?.unwanted && isUuid(uuid)) link.api(`uuid_kill ${uuid}`).catch(() => undefined)
    return synchronised.found
  }

  const back = async (link: Link): Promise<void> => {
    let found: Resynchronised | undefined
    if (active) found = await resume(link)
    else await begin(link)
    await refresh(link)
    if (!link.open || state === 'closed') return
    active = link
    state = 'connected'
    error = undefined
    after(REPEATS, () => (catchUp = undefined))
    held.release()
    states.tell({ state, found })
  }

  const link = await openReconnectingLink(
    connect,
    {
      event: (event) => (catchUp ? catchUp.event(event) : listener.dispatch(event)),
      away,
      back,
      closed() {
        state = 'closed'
        listener.lost(closedOnPurpose)
        held.fail(closedOnPurpose)
        states.tell({ state })
      },
    },
    options,
    { ...reconnect, mayBeAway },
  )
  try {
    active = link.current
    if (active) core = await coreUuid(active)
  } catch (failure) {
    await link.exit()
    throw failure
  }

  return {
    get commands() {
      return commands()
    },
    patient: held.commands,
    get state() {
      return state
    },
    get error() {
      return error
    },
    onState: (listen) => states.on(listen),
    insert: (insertions) => active?.insert(insertions),
    exit() {
      clock.clearTimeout(timer)
      return link.exit()
    },
  }
}
