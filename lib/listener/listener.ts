import debug from 'debug'
import { callGuarded } from '../flow/call-guarded.ts'
import { channelApi, isUuid } from '../esl/encode/uuid.ts'
import { isEvent, type EslEvent } from '../esl/event.ts'
import { flowsWoken, nothing, type Insertion } from '../link/pump.ts'
import { endCall, type CallState } from '../model/call.ts'
import type { Node } from '../model/node.ts'
import { viewOf, type Session } from '../model/session.ts'
import { endSession, lastNumber, noteEvent, type SessionState } from '../model/state.ts'
import { countEnd, createCounts, type Counts } from './counts.ts'
import { lostCreate } from './adopt.ts'
import { createEndings } from './endings.ts'
import { noteBridge } from './bridged.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { LAST_EVENTS, lastEvent, wasMadeUp } from './missed.ts'
import {
  createRegistry,
  DEFAULT_ID,
  type Entry,
  type OnFunction,
  type Registration,
  type Registry,
} from './registry.ts'
import type { PlacedCall } from './placed-calls.ts'
import { createTables, type Tables } from './tables.ts'
import { createFailureHandler } from './on-failure.ts'
import { runHandle, runOn, type AppFailure, type Report } from './tasks.ts'

const log = debug('switchix:app')

/** Turns the events of one switch into sessions, calls and jobs, and calls the apps. */
export interface Listener {
  readonly tables: Tables
  readonly jobs: Jobs
  readonly registry: Registry
  readonly counts: Counts
  /** Told of each call whose last session has ended. */
  readonly callEnded: Set<(call: CallState) => void>
  /**
   * Takes the next event: `handle` functions, the tables, waiting flows. What it returns is to be called one turn later:
   * it calls the `on` functions, and ends the session with its last event. `node` is where a new session is, where that is
   * not the listener's own.
   */
  dispatch(event: EslEvent, node?: Node): (() => void) | undefined
  /** Counts a failure of what is not ours, and tells of it. */
  readonly failed: Report
  /** Resolves when the apps were called for every event that has come. */
  settled(): Promise<void>
  /** Leaves an app to the sessions that have it; new ones are given `replacement`, or nothing in its place. */
  setAside(app: Registration, replacement?: Registration): void
  /** The connection is away: its jobs fail with `error`, whatever becomes of them there; its sessions stay. */
  away(error: (what: string) => Error): void
  /** What ends a session whose channel is gone, to be done in the turn of events. */
  lose(state: SessionState): Insertion[]
  /** Notes that an event of a session was lost while the switch was connected. */
  recover(state: SessionState): void
  /** The connection is gone: everything ends with `error`. */
  lost(error: (what: string) => Error): void
}

/** Events that a session may begin with; they come in either order. */
const FIRST = new Set(['CHANNEL_CREATE', 'CHANNEL_ORIGINATE'])

const NO_FLOWS: readonly never[] = []

export const createListener = (node: Node, report: Report, trackingHeaders?: readonly string[]): Listener => {
  const tables = createTables(node, trackingHeaders)
  const jobs = createJobs(node)
  const registry = createRegistry()
  const counts = createCounts()
  const callEnded = new Set<(call: CallState) => void>()

  /** Events whose `on` functions are still to be called. */
  let pending = 0
  const onSettled: (() => void)[] = []

  const tell: Report = (failure) => {
    counts.appFailures++
    // What is told of failures can fail itself.
    callGuarded(
      () => report(failure),
      (error) => {
        counts.appFailures++
        log(
          'telling of a failure of app %s failed: %O; what failed first: %O',
          failure.app,
          error,
          failure.error,
        )
      },
    )
  }

  const carryOn = createFailureHandler(() => ({ registry, counts }), tell)
  /** Of a function that was given a session. */
  const flowFailed = (failure: AppFailure, session?: Session, registration?: Registration): void => {
    tell(failure)
    if (session && registration) carryOn(session, registration, failure)
  }

  /** Finds the apps of a session: another leg of a call that kept its apps when some left has those, too. */
  const assign = (state: SessionState, event: EslEvent, origin: PlacedCall | undefined): void => {
    const id = registry.choose(event, origin)
    const first = state.call?.legs[0]
    const kept =
      first && first !== state && first.appKey !== first.appId && [first.appId, DEFAULT_ID].includes(id)
    state.appId = kept ? first.appId : id
    state.appKey = kept ? first.appKey : id
  }

  /** Fails where the channel is gone before that. */
  const kill = async ({ uuid, node: at }: SessionState): Promise<string> =>
    at.commands.api(channelApi('uuid_kill', uuid))

  const recover = (state: SessionState): void => {
    if (state.recovered) return
    state.recovered = true
    counts.recovered++
  }

  const begin = (uuid: string, event: EslEvent, at: Node | undefined): SessionState => {
    const origin = tables.originOf(uuid, event)
    const state = tables.add(uuid, event, origin, at)
    assign(state, event, origin)
    counts.sessions++
    if (state.job?.unwanted) kill(state).catch(nothing)
    return state
  }

  const sessionFor = (uuid: string, event: EslEvent, at: Node | undefined): SessionState | undefined => {
    const known = tables.sessions.get(uuid)
    if (known || !FIRST.has(event.name)) return known
    // One of several words would be other words of the commands to it.
    if (isUuid(uuid)) return begin(uuid, event, at)
    log('no session of uuid %j: no command could be sent to it', uuid)
    return undefined
  }

  /** What an event changes beside the session's own state. */
  const noteInTables = (state: SessionState, event: EslEvent): void => {
    if (event.name === 'CHANNEL_ANSWER' && !state.answered) counts.answered++
    if (event.name === 'CHANNEL_BRIDGE' || event.name === 'CHANNEL_UNBRIDGE') noteBridge(tables, state, event)
    // A dialplan can choose the app with a variable, which the first events do not have yet.
    if (event.name === 'CHANNEL_PARK' && state.appKey === DEFAULT_ID)
      assign(state, event, tables.originOf(state.uuid, event))
  }

  const tellEnded = (call: CallState): void => {
    endCall(call)
    const lost = call.legs.some((leg) => leg.lost)
    for (const uuid of [call.uuid, ...call.legs.map((leg) => leg.uuid)])
      if (lost) tables.placed.doubt(uuid)
      // Of parties that are called in turn the next one is a call of the same uuid.
      else if (!tables.expected.has(uuid)) tables.placed.forget(uuid)
    for (const listener of callEnded)
      callGuarded(
        () => listener(call),
        (error) =>
          tell({
            app: 'onCallEnd',
            id: '',
            event: 'CHANNEL_DESTROY',
            session: call.legs.at(-1)?.uuid,
            error,
          }),
      )
  }

  /** The flows of a session's apps: on its first event, or when it has got other apps since. */
  const startFlows = (state: SessionState): readonly Entry<OnFunction>[] => {
    if (state.flowsOf === state.appKey) return NO_FLOWS
    state.flowsOf = state.appKey
    return registry.flows(state.appKey)
  }

  const finish = (state: SessionState, ended: CallState | undefined): void => {
    countEnd(counts, state)
    endSession(state)
    if (ended) tellEnded(ended)
  }

  const endings = createEndings(node, (state) => finish(state, tables.remove(state)))

  const dispatchToSession = (state: SessionState, event: EslEvent): (() => void) | undefined => {
    noteInTables(state, event)
    const flows = startFlows(state)
    const functions = registry.on(state.appKey, event.name)
    const entries = flows.length === 0 ? functions : [...flows, ...functions]
    const isLast = endings.isLast(state, event)
    const ended = isLast ? tables.remove(state) : undefined
    const woke = noteEvent(state, event)
    state.call?.onLeg?.()
    if (entries.length === 0 && !isLast) return woke ? flowsWoken : undefined
    const number = lastNumber(state)
    pending++
    return () => {
      try {
        for (const entry of entries)
          runOn(entry, viewOf(state, number, entry.registration), event, flowFailed)
        if (isLast) finish(state, ended)
      } finally {
        if (--pending === 0) for (const tellSettled of onSettled.splice(0)) tellSettled()
      }
    }
  }

  /** A channel whose CHANNEL_CREATE was lost begins with one that is made up. */
  const adopt = (uuid: string, event: EslEvent, at: Node | undefined): (() => void) | undefined => {
    const create = lostCreate(tables, uuid, event)
    if (!create) return undefined
    const state = begin(uuid, create, at)
    recover(state)
    const afterCreate = dispatchToSession(state, create)
    const afterEvent = dispatchToSession(state, event)
    return () => {
      afterCreate?.()
      afterEvent?.()
    }
  }

  const dispatch = (event: EslEvent, at?: Node): (() => void) | undefined => {
    for (const entry of registry.handlers(event.name)) runHandle(entry, event, tell)
    if (isEvent(event, 'BACKGROUND_JOB')) {
      jobs.finish(event)
      return nothing
    }
    const uuid = event.name === 'CHANNEL_UUID' ? event.get('Old-Unique-ID') : event.uuid
    const state = uuid === undefined ? undefined : sessionFor(uuid, event, at)
    if (!state) return uuid === undefined ? undefined : adopt(uuid, event, at)
    if (state.recovered && wasMadeUp(state, event)) return undefined
    if (event.name === 'CHANNEL_UUID' && event.uuid !== undefined) tables.rename(state, event.uuid)
    return dispatchToSession(state, event)
  }

  return {
    tables,
    jobs,
    registry,
    counts,
    callEnded,
    failed: tell,
    dispatch,
    setAside(app, replacement) {
      const key = registry.setAside(app, replacement)
      for (const state of tables.sessions.values()) {
        if (state.appKey !== app.id) continue
        state.appKey = key
        if (state.flowsOf === app.id) state.flowsOf = key
      }
    },
    away: (error) => jobs.giveUp(error),
    recover,
    lose: (state) =>
      LAST_EVENTS.map((name) => () => {
        if (state.ended || (name === 'CHANNEL_HANGUP_COMPLETE' && !node.hasAskedFor(name))) return undefined
        state.lost ||= state.cause === undefined
        const event = lastEvent(state, name)
        return event && dispatch(event)
      }),
    settled: () =>
      new Promise((resolve) => {
        if (pending === 0) resolve()
        else onSettled.push(resolve)
      }),
    lost(error) {
      jobs.fail(error)
      endings.clear()
      for (const state of [...tables.sessions.values()]) {
        const ended = tables.remove(state)
        endSession(state, error)
        if (ended) tellEnded(ended)
      }
    },
  }
}
