import { inspect, type InspectOptions } from 'node:util'
import debug from 'debug'
import type { EslEvent } from '../esl/event.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import type { ChannelHeader, HeaderName } from '../esl/header-names.ts'
import { openMailbox } from '../flow/mailbox.ts'
import { sessionJson, type Inspectable, type SessionJson } from './as-json.ts'
import { scopeOf, signalOf, type Scope } from '../flow/scope.ts'
import { callOf, peerOf, type Call } from './call.ts'
import { execute, type ExecuteOptions } from './execute.ts'
import type { Job } from './job.ts'
import { outcome } from './perform.ts'
import { receiving } from './receiving.ts'
import { latestHeader, type SessionState } from './state.ts'
import type { SessionTimes } from './times.ts'
import { bridgeVerbs } from './verbs/bridge.ts'
import { controlVerbs } from './verbs/control.ts'
import { dtmfVerbs } from './verbs/dtmf.ts'
import { mediaVerbs } from './verbs/media.ts'
import { recordVerbs } from './verbs/record.ts'
import { speechVerbs } from './verbs/speech.ts'
import { transferVerbs } from './verbs/transfer.ts'
import { variableVerbs } from './verbs/variables.ts'
import type { View } from './view.ts'

/** What a session knows about itself; the same for every flow that has it. */
interface Facts {
  readonly uuid: string
  readonly direction: 'inbound' | 'outbound'
  readonly answered: boolean
  /** Hung up: a CHANNEL_HANGUP or more has come. */
  readonly hungup: boolean
  /** Why, once it was hung up. */
  readonly cause: HangupCause | undefined
  /**
   * It ended while its switch was away, or all events of its end were lost, so that its cause is not known: `cause` is `LOST`
   * then, and the events of its end are made up (they carry the header `Switchix-Made-Up`).
   */
  readonly lost: boolean
  /**
   * Events of it were lost while its switch was connected, and an audit made them up out of what the switch has (see
   * docs/services.md). Those events carry the header `Switchix-Made-Up`.
   */
  readonly recovered: boolean
  /** The id of the app(s) that were chosen for it. */
  readonly appId: string
  /** `host:port` of the switch that it is on. */
  readonly node: string
  readonly call: Call
  /**
   * The other end: the leg that it is bridged to now, also right after `uuid_bridge` and of another call; else another leg of its
   * call that is still up. Undefined where there is none; never one that has hung up.
   */
  readonly peer: Session | undefined
  /**
   * For this flow's own work, such as `fetch(url, { signal: sess.signal })`, and its waits on what came from elsewhere. Aborts when
   * the session ends, the app is unloaded, the time of `withTimeout` is up, or the client is closed or loses its switch for good;
   * the reason is the error that a `recv` would reject with.
   */
  readonly signal: AbortSignal
  /** The job that originated it. */
  readonly job: Job<unknown> | undefined
  /** Yours, and every other flow's of this session. */
  readonly vars: Record<string, unknown>
  readonly times: Readonly<SessionTimes>
  /** Milliseconds from its first event to its latest, by the switch's clock. */
  readonly uptime: number
  /** Its events so far, oldest first. */
  readonly history: readonly EslEvent[]
  /** The value of a header, from the latest event that has it. */
  get(header: ChannelHeader): string
  get(header: HeaderName): string | undefined
  has(header: HeaderName): boolean
  /** What is known of it, as plain data: for logs and JSON. */
  toJSON(): SessionJson
  /** Writes to the `switchix:session` log (see the `debug` package), with the session's uuid before it. */
  log(format: string, ...args: unknown[]): void
  /** Runs any application, and resolves with its CHANNEL_EXECUTE_COMPLETE. */
  execute(app: string, arg?: string, options?: ExecuteOptions): Promise<EslEvent>
  /** Runs an API command on the session's switch. */
  api(command: string): Promise<string>
}

type Verbs = typeof receiving &
  typeof controlVerbs &
  typeof mediaVerbs &
  typeof recordVerbs &
  typeof speechVerbs &
  typeof dtmfVerbs &
  typeof variableVerbs &
  typeof transferVerbs &
  typeof bridgeVerbs

/**
 * A channel of the switch. The one that a flow is given is its own view: same state, own mailbox; so compare sessions by
 * their `uuid`.
 */
export interface Session extends Facts, Verbs, View {}

const write = debug('switchix:session')

const facts: Facts & Inspectable & ThisType<Session> = {
  get uuid() {
    return view(this).state.uuid
  },
  get direction() {
    return view(this).state.direction
  },
  get answered() {
    return view(this).state.answered
  },
  get hungup() {
    return view(this).state.hungup
  },
  get cause() {
    return view(this).state.cause
  },
  get lost() {
    return view(this).state.lost
  },
  get recovered() {
    return view(this).state.recovered
  },
  get appId() {
    return view(this).state.appId
  },
  get node() {
    return view(this).state.node.name
  },
  get call() {
    const { call } = view(this).state
    if (!call) throw new Error('a session without a call')
    return callOf(call, flowOf(this))
  },
  get peer() {
    const { state } = view(this)
    const other = state.call && peerOf(state.call, state)
    return other && sessionIn(other, flowOf(this))
  },
  get signal() {
    return signalOf(view(this).box)
  },
  get job() {
    return view(this).state.job
  },
  get vars() {
    return view(this).state.vars
  },
  get times() {
    return view(this).state.times
  },
  get uptime() {
    const { items } = view(this).state.hub
    const ms = (items.at(-1)?.time ?? 0) - (items[0]?.time ?? 0)
    return Math.round(ms * 1000) / 1000
  },
  get history() {
    return view(this).state.hub.items
  },
  get(header: string): string {
    return latestHeader(this.state, header) as string
  },
  has(header) {
    return latestHeader(this.state, header) !== undefined
  },
  toJSON() {
    return sessionJson(this)
  },
  [inspect.custom](_depth: number, options: InspectOptions) {
    return `Session ${inspect(sessionJson(this), options)}`
  },
  log(format, ...args) {
    write(`%s ${format}`, this.state.uuid, ...args)
  },
  execute(app, arg = '', options) {
    return execute(this, app, arg, options)
  },
  api(command) {
    return outcome(this, `api ${command}`, this.state.node.commands.api(command))
  },
}

const view = (self: Facts): View => self as unknown as View

/** One object holds every method: a session is two fields on top of it. */
const sessionMethods = [
  facts,
  receiving,
  controlVerbs,
  mediaVerbs,
  recordVerbs,
  speechVerbs,
  dtmfVerbs,
  variableVerbs,
  transferVerbs,
  bridgeVerbs,
].reduce<object>((all, some) => Object.defineProperties(all, Object.getOwnPropertyDescriptors(some)), {})

/**
 * A view of a session whose mailbox begins with the event of that number; `owner` is whose flow gets it, `scope` the flow that it
 * was looked up by.
 */
export const viewOf = (
  state: SessionState,
  from: number,
  owner?: object,
  scope?: Scope<EslEvent>,
): Session => {
  const session = Object.create(sessionMethods) as { state: SessionState; box: Session['box'] }
  session.state = state
  session.box = openMailbox(state.hub, from, owner, scope)
  return session as Session
}

/** The session itself, whose mailbox begins with its first event; always the same object. */
export const sessionOf = (state: SessionState): Session => (state.self ??= viewOf(state, 0))

/** The scope of the flow that has this view; undefined for the session itself, which is nobody's. */
const flowOf = (self: Facts): Scope<EslEvent> | undefined => {
  const { state, box } = view(self)
  return state.self?.box === box ? undefined : scopeOf(box)
}

/**
 * A session as the flow of that scope sees it: its waits end with the flow's. Always the same object for the same flow; the session
 * itself without a scope.
 */
export const sessionIn = (state: SessionState, scope: Scope<EslEvent> | undefined): Session => {
  if (!scope) return sessionOf(state)
  const known = scope.views.get(state) as Session | undefined
  if (known) return known
  const session = viewOf(state, 0, scope.owner, scope)
  scope.boxes.add(session.box)
  scope.views.set(state, session)
  // An app's own scope outlives the sessions that were looked up in it.
  if (scope.owner === undefined && !state.hub.ended)
    (state.hub.onEnd ??= []).push(() => {
      scope.boxes.delete(session.box)
      scope.views.delete(state)
    })
  return session
}
