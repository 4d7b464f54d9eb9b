import { randomUUID } from 'node:crypto'
import { SwitchixError } from '../errors.ts'
import type { LoadDefaults, LoadedApp, LoadOptions } from '../app/load.ts'
import { nameOf, type Destination } from '../esl/parties.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import type { Call } from '../model/call.ts'
import type { OnFailure } from '../listener/on-failure.ts'
import { createJob, type Job } from '../model/job.ts'
import type { Session } from '../model/session.ts'
import type { Client, OriginateOptions, StateChange } from './client.ts'
import type { ConnectOptions } from './connect.ts'
import { createChooser, type ChooserOptions } from './choose-node.ts'
import type { AppSource } from './factory.ts'
import { tallyOf, totalOf, type NodeTally, type Tally } from './node-tally.ts'
import { createPoolApps } from './pool-apps.ts'
import { printFailure } from './print-failure.ts'
import { reachAll, type ReachOptions } from './reach.ts'
import { shareCalls } from './share-calls.ts'
import type { Target } from './target.ts'

export interface PoolOptions extends ReachOptions, ChooserOptions {
  /** Loaded on every node, in this order. */
  readonly apps?: readonly AppSource[] | undefined
  /** How they are loaded. The default id, `default`: they take every session that no other app is chosen for. */
  readonly load?: LoadOptions | undefined
  /**
   * What becomes of a call when a function of an app has failed: `'hangup'`, `{ hangup: cause }`, `'leave'` or a function; for all
   * apps, whatever they say themselves. Never of a call that is bridged. Default: what each app says, else `'hangup'` for
   * `serve`, `'leave'` for `createPool`.
   */
  readonly onFailure?: OnFailure | undefined
}

/** Many switches as one. One that goes away is left out, and comes back by itself. */
export interface Pool extends AsyncDisposable {
  readonly clients: readonly Client[]
  /** Those that are connected, and have the pool's apps. */
  readonly available: readonly Client[]
  /** The client of a node, by its name `host:port`. */
  client(name: string): Client | undefined
  /**
   * Loads an app on every node that is there, or on none; on the others once they are. Rejects with AppLoadError; where it
   * fails later, `onAppError` is told, and the node takes part no more until it has come again.
   */
  load(app: AppSource, options?: LoadOptions): Promise<LoadedApp>
  /** Puts an app in the place of one that the pool has loaded, for new calls; see `Client.replace`. */
  replace(loaded: LoadedApp, app: AppSource): Promise<LoadedApp>
  /** What the pool has loaded, in load order. */
  readonly apps: readonly LoadedApp[]
  unload(id: string): Promise<void>
  /** Places a call on the next node; see `Client.originate`. Rejects with code NO_NODE where none is free. */
  originate(dest: Destination, options?: OriginateOptions): Job<Session>
  readonly sessions: readonly Session[]
  session(uuid: string): Session | undefined
  countSessions(): number
  countCalls(): number
  countJobs(): number
  /** Sessions, calls, hangup causes: of each node by its name, and in all. */
  tally(): { readonly nodes: Readonly<Record<string, NodeTally>>; readonly total: Tally }
  /** Hangs up the pool's own calls, all or those of one app id, on every node that is there; see `Client.hupall`. */
  hupall(options?: { app?: string; cause?: HangupCause }): Promise<number>
  /** The calls that are up which the pool has placed, or its apps were given. */
  readonly ownCalls: readonly Call[]
  /** Calls `listener` when a node is lost, or back; gives the function that stops that. */
  onState(listener: (client: Client, change: StateChange) => void): () => void
  /** Gives the apps no more calls; resolves when the last that they have is over, on all nodes. */
  drain(): Promise<void>
  /** Unloads the apps and takes leave of the switches. Calls go on there. */
  close(): Promise<void>
}

const sum = (clients: readonly Client[], count: (client: Client) => number): number =>
  clients.reduce((total, client) => total + count(client), 0)

/** A job that never began. */
const refuse = (dest: Destination, error: Error, now: number): Job<Session> => {
  const { job, fail } = createJob<Session>({
    uuid: randomUUID(),
    command: `originate ${nameOf(dest)}`,
    launched: now,
    value: () => {
      throw error
    },
    unseen: () => undefined,
  })
  fail(error)
  return job
}

/**
 * Makes a pool of clients; `onAppError` as for `connect`. Closing it closes them. From now on each knows the calls that the
 * others place: a leg that turns up on another node is the app's that the call was placed for.
 */
export const poolOf = (
  clients: readonly Client[],
  { onAppError = printFailure, ...options }: ChooserOptions & Pick<ConnectOptions, 'onAppError'> = {},
  defaults: LoadDefaults = {},
): Pool => {
  shareCalls(clients)
  const apps = createPoolApps(clients, onAppError, defaults, () => ({ pool }))
  const isThere = (client: Client): boolean => client.connected && apps.isReady(client)
  const chooser = createChooser(clients, isThere, options)
  const available = (): Client[] => clients.filter(isThere)

  const noNode = (): SwitchixError => {
    const there = available().length
    return new SwitchixError(
      'NO_NODE',
      there === 0
        ? `none of the ${clients.length} nodes is connected; they are looked for`
        : `all of the ${there} nodes that are connected have as many calls as they may`,
    )
  }

  const pool: Pool = {
    clients,
    get available() {
      return available()
    },
    client: (name) => clients.find((client) => client.name === name),
    load: (app, loadOptions) => apps.load(app, loadOptions),
    replace: (loaded, app) => apps.replace(loaded, app),
    unload: (id) => apps.unload(id),
    get apps() {
      return apps.all
    },
    originate(dest, originateOptions) {
      const client = chooser.next()
      if (!client) return refuse(dest, noNode(), clients[0]?.clock.now() ?? 0)
      const job = client.originate(dest, originateOptions)
      chooser.note(client, job)
      return job
    },
    get sessions() {
      return clients.flatMap((client) => client.sessions)
    },
    session(uuid) {
      for (const client of clients) {
        const session = client.session(uuid)
        if (session) return session
      }
      return undefined
    },
    countSessions: () => sum(clients, (client) => client.countSessions()),
    countCalls: () => sum(clients, (client) => client.countCalls()),
    countJobs: () => sum(clients, (client) => client.countJobs()),
    tally() {
      const nodes = Object.fromEntries(clients.map((client) => [client.name, tallyOf(client)]))
      return { nodes, total: totalOf(Object.values(nodes)) }
    },
    async hupall(which) {
      const there = clients.filter(({ connected }) => connected)
      const counts = await Promise.all(there.map((client) => client.hupall(which)))
      return counts.reduce((total, count) => total + count, 0)
    },
    get ownCalls() {
      return clients.flatMap((client) => client.ownCalls)
    },
    onState(listener) {
      const stops = clients.map((client) => client.onState((change) => listener(client, change)))
      return () => stops.forEach((stop) => stop())
    },
    async drain() {
      apps.stop()
      await Promise.all(clients.map((client) => client.drain()))
    },
    async close() {
      apps.stop()
      const results = await Promise.allSettled(clients.map((client) => client.close()))
      for (const result of results) if (result.status === 'rejected') throw result.reason
    },
    [Symbol.asyncDispose]: () => pool.close(),
  }
  return pool
}

/**
 * Connects to these switches and makes a pool of them; resolves when the apps are loaded on all that are there (see the option
 * `atStart`). Rejects as `connect` does, with nothing left open. A switch that is lost later is looked for (see the option
 * `reconnect`, which is true here).
 */
export const createPool = async (
  hosts: readonly Target[],
  { apps = [], load, choose, limit, onFailure, ...options }: PoolOptions = {},
  otherwise?: OnFailure,
): Promise<Pool> => {
  const clients = await reachAll(hosts, options)
  const defaults = { ...(onFailure && { onFailure }), ...(otherwise && { otherwise }) }
  const pool = poolOf(clients, { choose, limit, onAppError: options.onAppError }, defaults)
  try {
    for (const app of apps) await pool.load(app, load)
  } catch (error) {
    await pool.close()
    throw error
  }
  return pool
}
