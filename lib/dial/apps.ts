import debug from 'debug'
import type { LoadSettings } from '../app/app.ts'
import { chooser } from '../app/weighted.ts'
import { withContext } from '../app/with-context.ts'
import { ArgumentError } from '../errors.ts'
import type { Client, ClientApp, ClientContext } from '../service/client.ts'
import { appFrom, type AppSource } from '../service/factory.ts'

const log = debug('switchix:dial')

/** The id of an app that is loaded on every node; or an app, which is loaded for this run alone. */
export type DialApp = string | AppSource

/** An app that calls are given to. */
export interface AppShare {
  /** The id that its calls carry; undefined where no app takes them. */
  readonly id: string | undefined
  readonly name: string
  /** Loaded for this run alone. */
  readonly own: boolean
}

/** The apps of a run, and how the calls are shared out among them. */
export interface DialApps {
  readonly all: readonly AppShare[]
  /** The app of the next call: exact shares, and never the heavier ones in a bunch. */
  next(): AppShare
  /** By the apps' names; those that are not named keep theirs. Throws ArgumentError (BAD_ARGUMENT). */
  weigh(weights: Readonly<Record<string, number>>): void
  readonly weights: Readonly<Record<string, number>>
  /** Tells those that this run loaded. One that throws stops nothing. */
  tell(settings: LoadSettings): void
  /** Loads those that are the run's own on all nodes; `context` is what each `prepost` is given, too. Rejects as `Client.load`. */
  load(context: Partial<ClientContext>): Promise<void>
  unload(): Promise<void>
  /** Those that this run loads: one for each node, or one for all. */
  readonly instances: readonly ClientApp[]
}

export interface DialAppsOptions {
  readonly app?: DialApp | undefined
  /** Several, each with its weight. */
  readonly apps?: readonly (readonly [app: DialApp, weight: number])[] | undefined
}

const requireWeights = (weights: readonly number[]): void => {
  const wrong = weights.find((weight) => !(weight >= 0) || !Number.isFinite(weight))
  if (wrong !== undefined) throw new ArgumentError(`expected weights of 0 or more, got ${wrong}`)
  if (!weights.some((weight) => weight > 0))
    throw new ArgumentError('expected at least one app with a weight above 0')
}

/**
 * Makes the apps, each under an id that is this run's alone and that nobody can guess (`newToken`), so that nobody else's calls
 * are hung up with ours. They are loaded by `load`.
 */
export const createDialApps = (
  clients: readonly Client[],
  { app, apps = app === undefined ? [] : [[app, 1]] }: DialAppsOptions,
  newToken: () => string,
): DialApps => {
  if (apps.length > 0) requireWeights(apps.map(([, weight]) => weight))
  const all: AppShare[] = []
  const own: { readonly id: string; readonly made: readonly ClientApp[] }[] = []

  for (const [source] of apps)
    if (typeof source === 'string') {
      const name = clients[0]?.apps.find(({ id }) => id === source)?.name ?? source
      all.push({ id: source, name, own: false })
    } else {
      const id = `dial-${newToken()}`
      const made = clients.map(() => appFrom(source))
      all.push({ id, name: made[0]?.name ?? id, own: true })
      own.push({ id, made })
    }
  if (all.length === 0) all.push({ id: undefined, name: '', own: false })

  const instances = own.flatMap(({ made }) => [...new Set(made)])
  let weights = apps.length === 0 ? [1] : apps.map(([, weight]) => weight)
  let choose = chooser(weights)
  return {
    all,
    next: () => all[all.length === 1 ? 0 : choose()] as AppShare,
    weigh(changes) {
      const unknown = Object.keys(changes).find((name) => all.every((each) => each.name !== name))
      if (unknown !== undefined)
        throw new ArgumentError(
          `there is no app "${unknown}" in this run; there are ${all.map(({ name }) => name).join(', ')}`,
        )
      const changed = all.map(({ name }, i) => changes[name] ?? weights[i] ?? 0)
      requireWeights(changed)
      weights = changed
      choose = chooser(weights)
    },
    get weights() {
      return Object.fromEntries(all.map(({ name }, i) => [name, weights[i] ?? 0]))
    },
    tell(settings) {
      for (const instance of instances)
        try {
          instance.settings?.(settings)
        } catch (error) {
          log('the settings of app %s: %O', instance.name, error)
        }
    },
    async load(context) {
      for (const { id, made } of own)
        await Promise.all(
          clients.map((client, i) => client.load(withContext(made[i] as ClientApp, context), { id })),
        )
    },
    async unload() {
      await Promise.all(clients.flatMap((client) => own.map(({ id }) => client.unload(id))))
    },
    instances,
  }
}
