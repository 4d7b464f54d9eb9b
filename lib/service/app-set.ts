import type { AppContext } from '../app/app.ts'
import { loadApp, type LoadContext, type LoadedApp, type LoadOptions } from '../app/load.ts'
import { AppLoadError } from '../errors.ts'
import type { EslEvent } from '../esl/event.ts'
import type { Scope } from '../flow/scope.ts'
import type { Listener } from '../listener/listener.ts'
import type { Registry } from '../listener/registry.ts'
import type { Node } from '../model/node.ts'
import type { Client, ClientApp, ClientContext } from './client.ts'
import { drain, whenUnused } from './leaving.ts'
import type { Subscriptions } from './subscriptions.ts'

/** The apps of a client. */
export interface AppSet extends Pick<Client, 'load' | 'unload' | 'replace' | 'drain'> {
  readonly all: readonly LoadedApp[]
  /** Unloads all, the last one loaded first; those, too, that were replaced and still have calls. */
  close(): Promise<void>
}

export interface AppSetParts {
  readonly node: Node
  readonly listener: Listener
  readonly subscriptions: Subscriptions
  /** What an app's `prepost` is given. */
  readonly context: (base: AppContext, scope: Scope<EslEvent>) => ClientContext
}

export const createAppSet = ({ node, listener, subscriptions, context }: AppSetParts): AppSet => {
  const { registry, tables } = listener
  let all: readonly LoadedApp[] = []
  /** Those that were replaced, while calls have them. */
  let leaving: readonly LoadedApp[] = []
  /** How each was loaded: what takes its place is loaded in the same way. */
  const optionsOf = new Map<LoadedApp, LoadOptions | undefined>()
  const unloaders = new Map<LoadedApp, () => Promise<void>>()

  const unload = async (those: readonly LoadedApp[]): Promise<void> => {
    all = all.filter((app) => !those.includes(app))
    leaving = leaving.filter((app) => !those.includes(app))
    const errors: unknown[] = []
    // The last one loaded goes first, whatever became of the others.
    for (const app of [...those].reverse())
      await unloaders
        .get(app)?.()
        .catch((error: unknown) => errors.push(error))
    for (const app of those) {
      unloaders.delete(app)
      optionsOf.delete(app)
    }
    if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join('; '))
    if (errors.length === 1) throw errors[0] as Error
  }

  const loadInto = async (into: Registry, app: ClientApp, options?: LoadOptions): Promise<LoadedApp> => {
    const loading: LoadContext<ClientContext> = {
      registry: into,
      clock: node.clock,
      sessions: () => tables.sessions.values(),
      settled: () => listener.settled(),
      subscribe: (events) => subscriptions.add(events),
      context,
    }
    const { id, name, unload: unloadIt } = await loadApp(app, loading, options)
    const loaded: LoadedApp = { id, name, unload: () => unload([loaded]) }
    unloaders.set(loaded, unloadIt)
    optionsOf.set(loaded, options)
    return loaded
  }

  return {
    get all() {
      return all
    },
    async load(app, options) {
      const loaded = await loadInto(registry, app, options)
      all = [...all, loaded]
      return loaded
    },
    async replace(before, app) {
      const old = registry.all.find(({ id, app: name }) => id === before.id && name === before.name)
      if (!old || !all.includes(before))
        throw new AppLoadError(
          app.name,
          `there is no app ${before.name} (id ${before.id}) in whose place it could go`,
        )
      const swapping: Registry = {
        ...registry,
        get all() {
          return registry.all.filter((each) => each !== old)
        },
        add: (registration) => listener.setAside(old, registration),
      }
      const loaded = await loadInto(swapping, app, optionsOf.get(before))
      all = all.map((each) => (each === before ? loaded : each))
      leaving = [...leaving, before]
      void whenUnused(listener, [old])
        .then(() => unload([before]))
        .catch((error: unknown) => node.unseen(`the unloading of ${before.name}`, error))
      return loaded
    },
    drain: () => drain(listener),
    unload: (id) => unload(all.filter((app) => app.id === id)),
    close: () => unload([...leaving, ...all]),
  }
}
