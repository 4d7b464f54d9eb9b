import type { EslEvent } from '../esl/event.ts'
import { DIALLING_VARIABLE } from '../model/called-legs.ts'
import { createCallState, type CallState } from '../model/call.ts'
import type { Job } from '../model/job.ts'
import type { Node } from '../model/node.ts'
import { sessionOf } from '../model/session.ts'
import { copyText, createSessionState, type SessionState } from '../model/state.ts'
import { createPlacedCalls, type PlacedCall, type PlacedCalls } from './placed-calls.ts'

/**
 * The SIP header by which a call is put together again after it went through a device: `originate` sends it. Its value is a
 * token that nobody can guess; any other value says nothing, for anybody can send the header.
 */
export const CALL_VARIABLE = 'sip_h_X-Switchix-Call'

/** What `createTokens` makes: 22 characters of base64url, or 32 of hex. */
const TOKEN = /^[\w-]{22,32}$/

const CALL_HEADER = `variable_${CALL_VARIABLE}`

/**
 * Where the switch itself says which call a session belongs to; the second is that of a leg of an enterprise originate, which has
 * a call_uuid of its own.
 */
const OF_THE_SWITCH = ['variable_call_uuid', `variable_${DIALLING_VARIABLE}`] as const

/** The channels and calls of one switch, by uuid. */
export interface Tables {
  readonly sessions: Map<string, SessionState>
  readonly calls: Map<string, CallState>
  /** Jobs that originate a session whose uuid we chose. */
  readonly expected: Map<string, Job<unknown>>
  /** The calls that were placed, by their tokens. */
  readonly placed: PlacedCalls
  /** The call that was placed, if any, of which a channel is a leg by an event of its: by its uuid, or its token. */
  originOf(uuid: string, event: EslEvent): PlacedCall | undefined
  /** `at`: the node that it is on, where that is another one than the tables'. */
  add(uuid: string, event: EslEvent, origin: PlacedCall | undefined, at?: Node): SessionState
  /** Takes a session out; gives its call when that was the call's last. */
  remove(state: SessionState): CallState | undefined
  rename(state: SessionState, uuid: string): void
}

/** `trackingHeaders`: what the author trusts in place of the token and of what the switch says, the first that an event has. */
export const createTables = (node: Node, trackingHeaders?: readonly string[]): Tables => {
  const placed = createPlacedCalls()
  const sessions = new Map<string, SessionState>()
  const calls = new Map<string, CallState>()
  const expected = new Map<string, Job<unknown>>()

  /** Legs that carry a token of another client of this switch. */
  const seen = new Map<string, SessionState>()

  /** The call of such a leg, while it is up: its far leg has the same token. */
  const seenWith = (event: EslEvent): CallState | undefined =>
    trackingHeaders || seen.size === 0 ? undefined : seen.get(event.get(CALL_HEADER) ?? '')?.call

  /** Only a controller of the switch can give a leg that it places a token; what a caller sends is on the leg that comes in. */
  const noteToken = (state: SessionState, event: EslEvent): void => {
    const token = state.direction === 'outbound' && !state.placed ? event.get(CALL_HEADER) : undefined
    if (token === undefined || !TOKEN.test(token) || seen.has(token)) return
    state.token = copyText(token)
    seen.set(state.token, state)
  }

  /** The call that a new session belongs to: by its tracking headers, or as the other leg of one that we know. */
  const callFor = (uuid: string, event: EslEvent, origin: PlacedCall | undefined): CallState => {
    let key = trackingHeaders ? undefined : origin?.uuid
    const same = key === undefined ? seenWith(event) : (calls.get(key) ?? sessions.get(key)?.call)
    if (same) return same
    for (const header of trackingHeaders ?? OF_THE_SWITCH) {
      const value = event.get(header)
      if (value === undefined) continue
      const known = calls.get(value) ?? sessions.get(value)?.call
      if (known) return known
      key ??= value
    }
    const other = event.get('Other-Leg-Unique-ID')
    const bridged = other === undefined ? undefined : sessions.get(other)?.call
    if (bridged) return bridged
    const call = createCallState(key ?? uuid)
    calls.set(call.uuid, call)
    return call
  }

  /** One of several legs that are called at once has a uuid of the switch's, but the token of its call. */
  const jobOfCall = (
    { direction }: SessionState,
    event: EslEvent,
    origin: PlacedCall | undefined,
  ): Job<unknown> | undefined =>
    origin === undefined || direction === 'inbound' || event.get('Other-Leg-Unique-ID') !== undefined
      ? undefined
      : expected.get(origin.uuid)

  return {
    sessions,
    calls,
    expected,
    placed,
    originOf: (uuid, event) =>
      (expected.has(uuid) ? placed.of(uuid) : undefined) ?? placed.find(event.get(CALL_HEADER)),
    add(uuid, event, origin, at = node) {
      const state = createSessionState(at, uuid, event)
      state.placed = origin !== undefined
      state.call = callFor(state.uuid, event, origin)
      state.call.legs.push(state)
      noteToken(state, event)
      sessions.set(state.uuid, state)
      const job = expected.get(uuid) ?? jobOfCall(state, event, origin)
      if (job) {
        state.job = job
        job.session ??= sessionOf(state)
        expected.delete(uuid)
      }
      return state
    },
    remove(state) {
      sessions.delete(state.uuid)
      if (state.token !== undefined) seen.delete(state.token)
      const { call } = state
      if (!call || call.legs.some((leg) => leg !== state && sessions.has(leg.uuid))) return undefined
      calls.delete(call.uuid)
      return call
    },
    rename(state, uuid) {
      sessions.delete(state.uuid)
      state.uuid = uuid
      sessions.set(uuid, state)
    },
  }
}
