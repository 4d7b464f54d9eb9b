import type { EslEvent } from '../esl/event.ts'
import { createCallState, type CallState } from '../model/call.ts'
import type { Job } from '../model/job.ts'
import type { Node } from '../model/node.ts'
import { sessionOf } from '../model/session.ts'
import { createSessionState, type SessionState } from '../model/state.ts'

/** The SIP header by which a call is put together again after it went through a device: `originate` sends it. */
export const CALL_VARIABLE = 'sip_h_X-Switchix-Call'

/** Where a session says which call it belongs to; the first that it has counts. */
export const TRACKING_HEADERS = [`variable_${CALL_VARIABLE}`, 'variable_call_uuid'] as const

/** The channels and calls of one switch, by uuid. */
export interface Tables {
  readonly sessions: Map<string, SessionState>
  readonly calls: Map<string, CallState>
  /** Jobs that originate a session whose uuid we chose. */
  readonly expected: Map<string, Job<unknown>>
  /** `at`: the node that it is on, where that is another one than the tables'. */
  add(uuid: string, event: EslEvent, at?: Node): SessionState
  /** Takes a session out; gives its call when that was the call's last. */
  remove(state: SessionState): CallState | undefined
  rename(state: SessionState, uuid: string): void
}

export const createTables = (node: Node, trackingHeaders: readonly string[]): Tables => {
  const sessions = new Map<string, SessionState>()
  const calls = new Map<string, CallState>()
  const expected = new Map<string, Job<unknown>>()

  /** The call that a new session belongs to: by its tracking headers, or as the other leg of one that we know. */
  const callFor = (uuid: string, event: EslEvent): CallState => {
    let key: string | undefined
    for (const header of trackingHeaders) {
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

  return {
    sessions,
    calls,
    expected,
    add(uuid, event, at = node) {
      const state = createSessionState(at, uuid, event)
      state.call = callFor(state.uuid, event)
      state.call.legs.push(state)
      sessions.set(state.uuid, state)
      const job = expected.get(uuid)
      if (job) {
        state.job = job
        job.session = sessionOf(state)
        expected.delete(uuid)
      }
      return state
    },
    remove(state) {
      sessions.delete(state.uuid)
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
