import type { AppContext, App } from '../app/app.ts'
import type { LoadedApp, LoadOptions } from '../app/load.ts'
import type { Clock } from '../clock.ts'
import type { EventName } from '../esl/event-names.ts'
import type { SentHeaders } from '../esl/encode/event-system.ts'
import type { HeaderName } from '../esl/header-names.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import type { OriginateSpec } from '../esl/originate.ts'
import type { Destination } from '../esl/parties.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import type { Counts } from '../listener/counts.ts'
import type { Call } from '../model/call.ts'
import type { Job } from '../model/job.ts'
import type { Session } from '../model/session.ts'
import type { LoadControl } from './load-control.ts'
import type { Pool } from './pool.ts'
import type { Resynchronised } from './resynchronise.ts'

/** What an app's `prepost` gets on a node. */
export interface ClientContext extends AppContext {
  /**
   * The client as this app has it: what is awaited of its `sessions`, `calls` and jobs is aborted when the app is unloaded. Compare
   * clients by `name`.
   */
  readonly client: Client
  /** The pool that the node belongs to, where the app was loaded by one: `createPool`, `serve`. */
  readonly pool?: Pool | undefined
  /** The run that the app was loaded for, where it was loaded by one: `createOriginator`, `switchix dial`. */
  readonly originator?: LoadControl | undefined
}

/** An app for clients. */
export type ClientApp = App<ClientContext>

/** A call to place. All times in milliseconds. */
export interface OriginateOptions extends Omit<OriginateSpec, 'dest'> {
  /** The id of the loaded app that takes the call's sessions, on both of its ends. */
  readonly app?: string | undefined
  /** The uuid of the new session; where several are called, of the call (each of their legs gets its own). Default: a random one. */
  readonly uuid?: string | undefined
  /** Gives it up: it rejects with AbortedError, and a call that is being placed is hung up. */
  readonly signal?: AbortSignal | undefined
}

export interface BgapiOptions {
  /** How long its result may take, in ms (to within 5 s). Default 600 000. */
  readonly timeout?: number | undefined
}

/** `connected`; `away`, and it will be back; `closed`, for good. */
export type ClientState = 'connected' | 'away' | 'closed'

/** What comes with a change of a client's state. */
export interface StateChange {
  readonly state: ClientState
  /** Why, for `away` and for `closed` where nobody asked for it. */
  readonly error?: Error | undefined
  /** For `connected`: what was found. */
  readonly found?: Resynchronised | undefined
}

/** One FreeSWITCH: commands, a listener, apps. */
export interface Client extends AsyncDisposable {
  /** `host:port` */
  readonly name: string
  readonly connected: boolean
  /** `away`: the connection was lost, and another is being made (see the option `reconnect`). */
  readonly state: ClientState
  /** Where its time comes from. */
  readonly clock: Clock
  /** Why the connection ended, if it did by itself; undefined again once it is back. */
  readonly lost: Error | undefined

  /** Runs an API and gives its output. Rejects with ApiError for `-ERR` and `-USAGE`; `''` is empty output. */
  api(command: string, options?: WaitOptions): Promise<string>
  /**
   * Runs an API as a background job. Rejects with JobError; and with TimeoutError where its result has not come within
   * `timeout` ms (default 600 000; `Infinity` for never): BACKGROUND_JOB may have been lost, and nobody can ask for it.
   */
  bgapi(command: string, options?: BgapiOptions): Job
  /**
   * Places a call to `user@host`, to one or several parties, or to a `dialString(…)`, and resolves with its session once it is
   * answered: that of the party that answered. Rejects with JobError, whose `reply` is the hangup
   * cause, or with ArgumentError (also for an app that is not loaded).
   *
   * A switch that is stalled carries commands out later, when it reads them. So where this rejects with TIMEOUT (the switch
   * did not take the command within `commandTimeout`), a call that turns up all the same is hung up at once; `job.settled()`
   * resolves when none can any more. Where it rejects with CONNECTION_LOST, nobody knows whether the command took effect, and
   * a call that turns up becomes a session once the switch is back; with `job.unwanted = true` it is hung up, too. After
   * `close` nothing is watched any more: await `job.settled()` before, or a call may be left.
   */
  originate(dest: Destination, options?: OriginateOptions): Job<Session>

  /**
   * Resolves when the switch sends these events, too: for a script that waits for them without an app. A `recv` for one that
   * nobody asked for asks by itself, but what happened by then has not come.
   */
  subscribe(...events: EventName[]): Promise<void>
  /**
   * Has the switch send an event to all that listen for it, `CUSTOM` or a subclass of your own included; resolves with the uuid that
   * the switch gave it. With the header `Unique-ID` of a channel it goes to that channel in place of the listeners. Rejects with
   * ArgumentError for headers that would not arrive as they are.
   */
  sendEvent(name: EventName, headers?: SentHeaders, body?: string): Promise<string>
  /**
   * Has the switch send this client only events that match one of its filters: `header` is `value`, or matches it, where it is
   * `/a regular expression/`. That goes for the events that sessions and jobs live on, too: an event without the header is not sent.
   * Filters are set again after a reconnect.
   */
  filter(header: HeaderName, value: string): Promise<void>
  /** Removes a filter; without a value, all of that header. */
  unfilter(header: HeaderName, value?: string): Promise<void>
  /** Loads an app. Rejects with AppLoadError; nothing stays loaded then. */
  load(app: ClientApp, options?: LoadOptions): Promise<LoadedApp>
  /** Unloads every app of that id. */
  unload(id: string): Promise<void>
  /**
   * Puts an app in the place of one that is loaded: new calls are given it, those that are up keep the old one, which is
   * unloaded after the last of them. Rejects with AppLoadError; the old one stays then.
   */
  replace(loaded: LoadedApp, app: ClientApp): Promise<LoadedApp>
  /**
   * Gives the apps no more calls; resolves when the last that they have is over. What bridges and transfers add to a running
   * call is still theirs.
   */
  drain(): Promise<void>
  /** The apps that are loaded, in load order. */
  readonly apps: readonly LoadedApp[]

  /**
   * Hangs up the calls that this client has placed or its apps were given: all of them, or those of one app id. Nobody else's,
   * also where another client uses the same ids. Resolves when the switch was told, with how many calls it was.
   */
  hupall(options?: { app?: string; cause?: HangupCause }): Promise<number>
  /** The calls that are up which this client has placed, or its apps were given. */
  readonly ownCalls: readonly Call[]

  /** The sessions that are up. */
  readonly sessions: readonly Session[]
  session(uuid: string): Session | undefined
  readonly calls: readonly Call[]
  countSessions(): number
  countCalls(): number
  /** Background jobs in flight. */
  countJobs(): number
  readonly counts: Readonly<Counts>
  /** What is known of it, as plain data: for logs and JSON. */
  toJSON(): object
  /** Calls `listener` with each call whose last session has ended; gives the function that stops that. */
  onCallEnd(listener: (call: Call) => void): () => void
  /** Calls `listener` with each change of `state`; gives the function that stops that. */
  onState(listener: (change: StateChange) => void): () => void

  /** Unloads the apps, last loaded first, and takes leave of the switch. Calls go on there. */
  close(): Promise<void>
}
