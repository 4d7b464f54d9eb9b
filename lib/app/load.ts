import debug from 'debug'
import { AppLoadError, messageOf, SwitchixError } from '../errors.ts'
import { systemClock, type Clock } from '../clock.ts'
import { setBounds } from '../flow/bounds.ts'
import { createScope, type Scope } from '../flow/scope.ts'
import type { EslEvent } from '../esl/event.ts'
import type { HandleFunction, OnFunction, Registration, Registry } from '../listener/registry.ts'
import { requireOnFailure, type OnFailure } from '../listener/on-failure.ts'
import { DEFAULT_ID } from '../listener/registry.ts'
import { endTasks } from '../listener/tasks.ts'
import type { SessionState } from '../model/state.ts'
import type { App, AppContext } from './app.ts'
import { entriesOf, listOf } from './functions.ts'
import { setUp, type TearDown } from './prepost.ts'
import { eventsOf, requireApp } from './validate.ts'

const log = debug('switchix:app')

export interface LoadOptions {
  /**
   * Sessions that carry this id in the channel variable `switchix_app`, and the calls that are placed with `{ app: id }`, are
   * the app's. Default `default`: every session that no other app is chosen for. Not empty.
   */
  readonly id?: string | undefined
  /** Any event header or channel variable whose value `id` shall be looked for in, too. */
  readonly header?: string | undefined
  /**
   * Takes the sessions, too, whose SIP header `X-Switchix-App` says `id`, whoever sent it. Only where a proxy in front takes
   * the header off the calls of strangers. Default false: the header counts on calls that this client, or another of its
   * pool, has placed, while they are up.
   */
  readonly trustAppHeader?: boolean | undefined
  /**
   * What becomes of a call when a function of the app has failed: `'hangup'`, `{ hangup: cause }`, `'leave'`, or a function.
   * Never of a call that is bridged. Default: what the app says, else `'leave'`; under `serve` and `listen` `'hangup'`.
   */
  readonly onFailure?: OnFailure | undefined
  /**
   * Sees each event before the apps that are no measurers; with `'all'`, of the sessions of every id, not of its own alone. Default
   * false.
   */
  readonly measurer?: boolean | 'all' | undefined
}

/** Options, and what holds where neither they nor the app say it: `serve` has another default than `load`. */
export interface LoadDefaults extends LoadOptions {
  readonly otherwise?: OnFailure | undefined
}

/** An app that is loaded. */
export interface LoadedApp {
  readonly id: string
  readonly name: string
  /**
   * Aborts what it has running, waits for that, and runs its tear-down; once. Rejects where the tear-down fails, or takes
   * longer than 10 s.
   */
  unload(): Promise<void>
}

/** What loading needs of a node. */
export interface LoadContext<C extends AppContext> {
  readonly registry: Registry
  readonly clock: Clock
  /** The sessions that are up. */
  readonly sessions: () => Iterable<SessionState>
  /** Resolves when the apps were called for every event that has come. */
  readonly settled: () => Promise<void>
  /** Resolves when the switch sends these events. */
  readonly subscribe: (events: readonly string[]) => Promise<void>
  /** What its `prepost` is given; what it waits for by way of that ends with `scope`. */
  readonly context: (base: AppContext, scope: Scope<EslEvent>) => C
}

const failed = async (name: string, tearDown: TearDown, error: unknown): Promise<AppLoadError> => {
  try {
    await tearDown()
  } catch (second) {
    log('%s: its tear-down failed, too: %O', name, second)
  }
  return error instanceof AppLoadError ? error : new AppLoadError(name, messageOf(error), error)
}

/** How long a tear-down gets, in ms. */
const TEAR_DOWN = 10_000

/** What a tear-down does is real work, a file to be closed, of which a virtual clock knows nothing: it gets real time, too. */
const REAL_GRACE = 1000

/** One that hangs must not be in the way of all that ends with it. */
const bounded = (clock: Clock, name: string, tearDown: TearDown): Promise<void> =>
  new Promise((resolve, reject) => {
    const unbind = setBounds(
      clock,
      `the second half of the prepost of ${name}`,
      { timeout: TEAR_DOWN },
      (error) => {
        if (clock.virtual) systemClock.setTimeout(() => reject(error), REAL_GRACE)
        else reject(error)
      },
    )
    tearDown().then(resolve, reject).finally(unbind)
  })

/**
 * Loads an app: set-up, subscription, registration; all of it or nothing. Rejects with AppLoadError (APP_LOAD), after the
 * tear-down of whatever was set up.
 */
export const loadApp = async <C extends AppContext>(
  app: App<C>,
  { registry, clock, sessions, settled, subscribe, context }: LoadContext<C>,
  {
    id = DEFAULT_ID,
    header,
    trustAppHeader = false,
    onFailure: given,
    otherwise = 'leave',
    measurer = false,
  }: LoadDefaults = {},
): Promise<LoadedApp> => {
  requireApp(app)
  const { name } = app
  if (id === '') throw new AppLoadError(name, 'expected an id of one character or more, got ""')
  const onFailure = given ?? app.onFailure ?? otherwise
  try {
    requireOnFailure(onFailure)
  } catch (error) {
    throw new AppLoadError(name, messageOf(error), error)
  }
  const requireFree = (): void => {
    if (registry.all.some((each) => each.id === id && each.app === name))
      throw new AppLoadError(
        name,
        `one of that name is loaded under the id "${id}"; give it another name, or load it under another id`,
      )
  }
  requireFree()

  let tearDown: TearDown = () => Promise.resolve()
  const registration: Registration = {
    app: name,
    id,
    header,
    trustAppHeader,
    measurer: measurer !== false,
    everywhere: measurer === 'all',
    on: entriesOf<OnFunction>(app.on),
    flow: listOf(app.flow) as readonly OnFunction[],
    handle: entriesOf<HandleFunction>(app.handle),
    onFailure,
    tasks: new Set(),
    scope: createScope(),
    closed: undefined,
  }
  try {
    const base: AppContext = { id, log: (format, ...args) => log(`%s ${format}`, name, ...args) }
    tearDown = await setUp(() => app.prepost?.(context(base, registration.scope)))
    await subscribe(eventsOf(app))
    // Another load of the same may have come between.
    requireFree()
  } catch (error) {
    throw await failed(name, tearDown, error)
  }
  registry.add(registration)

  return {
    id,
    name,
    async unload() {
      // What has come already is still the app's: the last event of a call above all.
      await settled()
      registry.remove(registration)
      await endTasks(registration, clock, sessions())
      await bounded(clock, name, tearDown).catch((error: unknown) => {
        throw new SwitchixError('APP_LOAD', `the tear-down of app ${name} failed: ${messageOf(error)}`, {
          cause: error,
        })
      })
    },
  }
}
