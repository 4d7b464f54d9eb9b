import type { LoadDefaults, LoadedApp, LoadOptions } from '../app/load.ts'
import { requireApp } from '../app/validate.ts'
import { withContext } from '../app/with-context.ts'
import { AppLoadError, ConnectionLostError } from '../errors.ts'
import { DEFAULT_ID } from '../listener/registry.ts'
import type { Report } from '../listener/tasks.ts'
import type { Client, ClientApp, ClientContext } from './client.ts'
import { appFrom, type AppSource } from './factory.ts'

/** The apps of a pool: loaded on each node that is there, and on the others once they are. */
export interface PoolApps {
  /** In load order. */
  readonly all: readonly LoadedApp[]
  /** Loads an app on every node that is there, or on none. Rejects with AppLoadError. */
  load(source: AppSource, options?: LoadOptions): Promise<LoadedApp>
  /** Puts another in the place of one, for new calls; see `Client.replace`. */
  replace(before: LoadedApp, source: AppSource): Promise<LoadedApp>
  unload(id: string): Promise<void>
  /** Whether a node has all of them. */
  isReady(client: Client): boolean
  /** From now on nodes that come get none. */
  stop(): void
}

/** An app that every node is to have. */
interface Wanted {
  source: AppSource
  readonly options: LoadOptions
  /** Counts the apps that were put in its place. */
  edition: number
  readonly on: Map<Client, { readonly app: LoadedApp; readonly edition: number }>
  loaded: LoadedApp
  /** It is not wanted any more. */
  dropped: boolean
}

/** It may come to be while something is awaited. */
const isDropped = ({ dropped }: Wanted): boolean => dropped

/** Makes the app for one node after the other; the first is made at once, for its name. */
const makerOf = (source: AppSource): { readonly name: string; readonly make: () => ClientApp } => {
  let first: ClientApp | undefined = appFrom(source)
  requireApp(first)
  const { name } = first
  const make = (): ClientApp => {
    const app = first ?? appFrom(source)
    first = undefined
    return app
  }
  return { name, make }
}

/** Resolves when the node has gone away. */
const untilAway = (client: Client): { readonly gone: Promise<void>; stop(): void } => {
  let stop: () => void = () => undefined
  const gone = new Promise<void>((resolve) => {
    stop = client.onState(({ state }) => state === 'connected' || resolve())
  })
  return { gone, stop }
}

/**
 * `report` is told where an app cannot be loaded on a node that comes later; `defaults` holds where the options of a load do not
 * say it. `context` is what each `prepost` is given beside what the client of its node gives.
 */
export const createPoolApps = (
  clients: readonly Client[],
  report: Report,
  defaults: LoadDefaults = {},
  context: () => Partial<ClientContext> = () => ({}),
): PoolApps => {
  let wanted: readonly Wanted[] = []
  let stopped = false
  /** What is being loaded on a node: one after the other, in their order. */
  const busy = new Map<Client, Promise<unknown>>()

  const inTurn = <T>(client: Client, task: () => Promise<T>): Promise<T> => {
    const turn = (busy.get(client) ?? Promise.resolve()).then(task)
    busy.set(
      client,
      turn.catch(() => undefined),
    )
    return turn
  }

  const put = async (client: Client, entry: Wanted, make = () => appFrom(entry.source)): Promise<void> => {
    const { edition } = entry
    const before = entry.on.get(client)
    if (isDropped(entry) || before?.edition === edition) return
    const how = { ...defaults, ...entry.options, onFailure: entry.options.onFailure ?? defaults.onFailure }
    const made = withContext(make(), context())
    const app = await (before ? client.replace(before.app, made) : client.load(made, how))
    entry.on.set(client, { app, edition })
    if (isDropped(entry)) await app.unload()
  }

  const bring = async (client: Client): Promise<void> => {
    for (const entry of wanted)
      try {
        if (stopped || !client.connected) return
        await put(client, entry)
      } catch (error) {
        // It will be back, and then it is tried again.
        if (error instanceof ConnectionLostError) return
        const { name, id } = entry.loaded
        report({ app: name, id, event: `its loading on ${client.name}`, session: undefined, error })
        return
      }
  }
  const bringLater = (client: Client): void => void inTurn(client, () => bring(client))

  for (const client of clients) client.onState(({ state }) => state === 'connected' && bringLater(client))

  const drop = async (entry: Wanted): Promise<void> => {
    entry.dropped = true
    wanted = wanted.filter((each) => each !== entry)
    await Promise.all(Array.from(entry.on.values(), ({ app }) => app.unload()))
  }

  const there = (): Client[] => clients.filter(({ connected }) => connected)

  /** On one node; resolves, too, when it goes away meanwhile: then it is loaded once it is back. */
  const putNow = async (client: Client, entry: Wanted, make: () => ClientApp): Promise<void> => {
    const { gone, stop } = untilAway(client)
    try {
      await Promise.race([inTurn(client, () => put(client, entry, make)), gone])
    } catch (error) {
      if (client.connected) throw error
    } finally {
      stop()
    }
  }

  const handle = (name: string, id: string, entry: () => Wanted): LoadedApp => ({
    id,
    name,
    unload: () => drop(entry()),
  })

  return {
    get all() {
      return wanted.map(({ loaded }) => loaded)
    },
    async load(source, options = {}) {
      const { id = DEFAULT_ID } = options
      const { name, make } = makerOf(source)
      if (wanted.some(({ loaded }) => loaded.id === id && loaded.name === name))
        throw new AppLoadError(
          name,
          `one of that name is loaded under the id "${id}"; give it another name, or load it under another id`,
        )
      const entry: Wanted = {
        source,
        options,
        edition: 0,
        on: new Map(),
        loaded: handle(name, id, () => entry),
        dropped: false,
      }
      const results = await Promise.allSettled(there().map((client) => putNow(client, entry, make)))
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) {
        await drop(entry)
        throw failed.reason
      }
      wanted = [...wanted, entry]
      for (const client of there()) if (!entry.on.has(client)) bringLater(client)
      return entry.loaded
    },
    async replace(before, source) {
      const entry = wanted.find(({ loaded }) => loaded === before)
      if (!entry) throw new AppLoadError(before.name, `it is not loaded here, so nothing can take its place`)
      const { name, make } = makerOf(source)
      const previous = { source: entry.source, edition: entry.edition }
      Object.assign(entry, { source, edition: entry.edition + 1 })
      const results = await Promise.allSettled(there().map((client) => putNow(client, entry, make)))
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) {
        if (results.every(({ status }) => status === 'rejected')) Object.assign(entry, previous)
        throw failed.reason
      }
      entry.loaded = handle(name, before.id, () => entry)
      return entry.loaded
    },
    async unload(id) {
      const theirs = wanted.filter(({ loaded }) => loaded.id === id)
      // The last one loaded goes first.
      for (const entry of [...theirs].reverse()) await drop(entry)
      await Promise.all(clients.map((client) => client.unload(id)))
    },
    isReady: (client) => wanted.every(({ on }) => on.has(client)),
    stop() {
      stopped = true
    },
  }
}
