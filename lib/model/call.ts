import type { HangupCause } from '../esl/hangup-causes.ts'
import { sessionOf, type Session } from './session.ts'
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

/** The sessions that together make up a telephone call. */
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
  /** Resolves when its last session has ended. */
  readonly ended: Promise<void>
  /** Yours. */
  readonly vars: Record<string, unknown>
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

const self = (call: Call): CallState => (call as Call & { state: CallState }).state

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

const callMethods: Call = {
  get uuid() {
    return self(this).uuid
  },
  get sessions() {
    return self(this).legs.map(sessionOf)
  },
  get active() {
    return self(this)
      .legs.filter(({ ended }) => !ended)
      .map(sessionOf)
  },
  get first() {
    return sessionOf(self(this).legs[0] as SessionState)
  },
  get last() {
    const { legs } = self(this)
    return legs.length < 2 ? undefined : sessionOf(legs.at(-1) as SessionState)
  },
  peer(session) {
    const leg = self(this).legs.find(({ uuid }) => uuid === session.uuid)
    const other = leg && peerOf(self(this), leg)
    return other && sessionOf(other)
  },
  async hangup(cause) {
    await this.active[0]?.hangup(cause)
  },
  get ended() {
    const state = self(this)
    return new Promise<void>((resolve) => {
      if (state.over) resolve()
      else state.onOver.push(resolve)
    })
  },
  get vars() {
    return self(this).vars
  },
}

/** Its last session has ended. */
export const endCall = (state: CallState): void => {
  state.over = true
  for (const tell of state.onOver.splice(0)) tell()
}

/** The call as programs see it; always the same object for the same call. */
export const callOf = (state: CallState): Call =>
  (state.view ??= Object.assign(Object.create(callMethods) as Call, { state }))
