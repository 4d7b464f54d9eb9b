import { inspect, type InspectOptions } from 'node:util'
import { callJson, type CallJson, type Inspectable } from './as-json.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import type { EslEvent } from '../esl/event.ts'
import { handled } from '../flow/receive.ts'
import { endingOf, type Ending, type Scope } from '../flow/scope.ts'
import { sessionIn, sessionOf, type Session } from './session.ts'
import type { SessionState } from './state.ts'

/** What is known of a call. */
export interface CallState {
  readonly uuid: string
  /** Every leg it ever had, in the order they appeared. */
  readonly legs: SessionState[]
  readonly vars: Record<string, unknown>
  view: Call | undefined
  /** Told of each event of one of its legs while somebody asks for that: a leg that nobody wants may come yet. */
  onLeg: (() => void) | undefined
  /** Its last session has ended. */
  over: boolean
  /** Who waits for that. */
  onOver: (() => void)[]
}

/**
 * The sessions that together make up a telephone call. A flow has its own view of it, whose sessions' waits end with the flow's; so
 * compare calls by `uuid`.
 */
export interface Call {
  /** The value of the header that its sessions were put together by. */
  readonly uuid: string
  /** All of its sessions, in the order they appeared; those that have ended stay. */
  readonly sessions: Session[]
  /** Those that are still up. */
  readonly active: Session[]
  readonly first: Session
  /** The one that appeared last; undefined while there is only one. */
  readonly last: Session | undefined
  /** The other end of a leg: what it is bridged to now, or else another leg that is still up; see `Session.peer`. */
  peer(session: Session): Session | undefined
  /** Hangs up its first session, or the first that is still up; the switch takes down the rest. */
  hangup(cause?: HangupCause): Promise<void>
  /** Resolves when its last session has ended. In a flow it rejects where the flow's other waits would: AbortedError, TimeoutError. */
  readonly ended: Promise<void>
  /** Yours. */
  readonly vars: Record<string, unknown>
  /** What is known of it, as plain data: for logs and JSON. */
  toJSON(): CallJson
}

export const createCallState = (uuid: string): CallState => ({
  uuid,
  legs: [],
  vars: {},
  view: undefined,
  onLeg: undefined,
  over: false,
  onOver: [],
})

/** A call as the flow of that scope sees it; without one the call itself. */
interface CallView extends Call {
  readonly state: CallState
  readonly scope: Scope<EslEvent> | undefined
}

const viewed = (call: Call): CallView => call as CallView

const self = (call: Call): CallState => viewed(call).state

const legOf = (call: Call, leg: SessionState): Session => sessionIn(leg, viewed(call).scope)

/** Takes a callback out of those of a call, or of a flow, that is told of the end. */
const awaitEnd = (state: CallState, scope: Scope<EslEvent> | undefined): Promise<void> =>
  handled((resolve: () => void, reject) => {
    if (state.over) {
      resolve()
      return
    }
    const what = 'the end of its call'
    if (scope?.closed) throw endingOf(scope.closed, what)
    const over = (): void => {
      scope?.others.delete(end)
      resolve()
    }
    const end = (ending: Ending): void => {
      state.onOver = state.onOver.filter((each) => each !== over)
      reject(endingOf(ending, what))
    }
    state.onOver.push(over)
    scope?.others.add(end)
  })

const isUp = ({ ended, hungup }: SessionState): boolean => !ended && !hungup

/**
 * The leg at the other end from `leg`: the one that it is bridged to now, of whatever call; else one of its own call that is
 * still up, the last for the first, the first for the last, and for others the one that dialled it.
 */
export const peerOf = ({ legs }: CallState, leg: SessionState): SessionState | undefined => {
  const { bridgedTo } = leg
  if (bridgedTo && isUp(bridgedTo)) return bridgedTo
  const others = legs.filter((each) => each !== leg && isUp(each))
  if (others.length < 2) return others[0]
  if (leg === legs[0]) return others.at(-1)
  if (leg === legs.at(-1)) return others[0]
  const other = sessionOf(leg).get('Other-Leg-Unique-ID')
  return others.find(({ uuid }) => uuid === other)
}

const callMethods: Call & Inspectable = {
  get uuid() {
    return self(this).uuid
  },
  get sessions() {
    return self(this).legs.map((leg) => legOf(this, leg))
  },
  get active() {
    return self(this)
      .legs.filter(({ ended }) => !ended)
      .map((leg) => legOf(this, leg))
  },
  get first() {
    return legOf(this, self(this).legs[0] as SessionState)
  },
  get last() {
    const { legs } = self(this)
    return legs.length < 2 ? undefined : legOf(this, legs.at(-1) as SessionState)
  },
  peer(session) {
    const leg = self(this).legs.find(({ uuid }) => uuid === session.uuid)
    const other = leg && peerOf(self(this), leg)
    return other && legOf(this, other)
  },
  async hangup(cause) {
    await this.active[0]?.hangup(cause)
  },
  get ended() {
    return awaitEnd(self(this), viewed(this).scope)
  },
  get vars() {
    return self(this).vars
  },
  toJSON() {
    return callJson(this)
  },
  [inspect.custom](this: Call, _depth: number, options: InspectOptions) {
    return `Call ${inspect(callJson(this), options)}`
  },
}

/** Its last session has ended. */
export const endCall = (state: CallState): void => {
  state.over = true
  for (const tell of state.onOver.splice(0)) tell()
}

const viewOf = (state: CallState, scope: Scope<EslEvent> | undefined): Call =>
  Object.assign(Object.create(callMethods) as Call, { state, scope })

/** The call as programs see it; always the same object for the same call and the same flow. */
export const callOf = (state: CallState, scope?: Scope<EslEvent>): Call => {
  if (!scope) return (state.view ??= viewOf(state, undefined))
  const known = scope.views.get(state) as Call | undefined
  if (known) return known
  const call = viewOf(state, scope)
  scope.views.set(state, call)
  // An app's own scope outlives the calls that were looked up in it.
  if (scope.owner === undefined && !state.over) state.onOver.push(() => scope.views.delete(state))
  return call
}
