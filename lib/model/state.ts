import type { EslEvent } from '../esl/event.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import { HangupError } from '../errors.ts'
import { createHub, endHub, nextNumber, publish, type Hub } from '../flow/hub.ts'
import type { CallState } from './call.ts'
import { noteExecution, type Execution } from './executions.ts'
import type { Job } from './job.ts'
import type { Session } from './session.ts'
import type { Node } from './node.ts'
import { noteTime, noTimes, type SessionTimes } from './times.ts'

/** What is known of a channel. All views of the session share it. */
export interface SessionState {
  /** Changes only when the switch renames the channel (CHANNEL_UUID). */
  uuid: string
  /** Another one once the channel was handed over again, on another connection. */
  node: Node
  /** Its events, and who waits for them. */
  readonly hub: Hub<EslEvent>
  readonly direction: 'inbound' | 'outbound'
  /** The app id that was found for it. */
  appId: string
  /** What the registry finds its apps by: the id, or a key for what they were before some of them left. */
  appKey: string
  /** The app key whose flows run for it. */
  flowsOf: string | undefined
  call: CallState | undefined
  /** The session itself, as programs see it: made when it is first asked for. */
  self: Session | undefined
  job: Job<unknown> | undefined
  /** It is a leg of a call that this client, or one that it shares its calls with, has placed. */
  placed: boolean
  /** The token of a call that another client has placed, where this is the leg that it placed. */
  token: string | undefined
  /** A flow has given it a command. */
  commanded: boolean
  /** What it was sent to execute and has not completed, in order. */
  executions: Execution[] | undefined
  /** The number of the way through the dialplan that it was last sent on, while nothing of that has come; else 0. */
  transferredTo: number
  /** The leg that it is bridged to now. */
  bridgedTo: SessionState | undefined
  readonly vars: Record<string, unknown>
  readonly times: SessionTimes
  answered: boolean
  hungup: boolean
  /** The channel is gone: its last event has come. */
  ended: boolean
  cause: HangupCause | undefined
  /** It was gone when its switch was back, or its switch stayed away. */
  lost: boolean
  /** Events of it were lost while its switch was connected, and were made up. */
  recovered: boolean
}

/** Slices of an event's text keep all of it alive: what outlives the event is copied. */
export const copyText = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

/** A session, from the first event of its channel. The event is not noted yet: see `noteEvent`. */
export const createSessionState = (node: Node, uuid: string, event: EslEvent): SessionState => ({
  uuid: copyText(uuid),
  node,
  hub: createHub(node.clock),
  direction: event.get('Call-Direction') === 'inbound' ? 'inbound' : 'outbound',
  appId: '',
  appKey: '',
  flowsOf: undefined,
  call: undefined,
  self: undefined,
  job: undefined,
  placed: false,
  token: undefined,
  commanded: false,
  executions: undefined,
  transferredTo: 0,
  bridgedTo: undefined,
  vars: {},
  times: noTimes(),
  answered: false,
  hungup: false,
  ended: false,
  cause: undefined,
  lost: false,
  recovered: false,
})

/** Takes an event in: what it says of the state, then whoever waits for it. Says whether anybody did. */
export const noteEvent = (state: SessionState, event: EslEvent): boolean => {
  noteTime(state.times, event)
  const { name } = event
  if (name === 'CHANNEL_EXECUTE_COMPLETE' || name === 'CHANNEL_EXECUTE') noteExecution(state, event)
  else if (name === 'CHANNEL_ANSWER') state.answered = true
  else if (name === 'CHANNEL_HANGUP' || name === 'CHANNEL_HANGUP_COMPLETE' || name === 'CHANNEL_DESTROY') {
    state.hungup = true
    if (state.cause === undefined) {
      const cause = event.get('Hangup-Cause')
      if (cause !== undefined) state.cause = copyText(cause)
    }
    if (name === 'CHANNEL_DESTROY') {
      state.ended = true
      state.times.hangup ??= event.time
    }
  }
  const { dropped } = state.hub
  const woke = publish(state.hub, event)
  if (state.hub.dropped > dropped) state.node.noteDropped(state.uuid, state.hub.dropped - dropped)
  return woke
}

/** The last event that has the header answers for it. */
export const latestHeader = (state: SessionState, header: string): string | undefined => {
  const { items } = state.hub
  for (let i = items.length - 1; i >= 0; i--) {
    const value = items[i]?.get(header)
    if (value !== undefined) return value
  }
  return undefined
}

/** Ends the session: waits that nothing can fulfil any more reject. Says whether there were any. */
export const endSession = (state: SessionState, error?: (what: string) => Error): boolean => {
  state.ended = true
  state.hungup = true
  const { uuid } = state
  return endHub(state.hub, error ?? ((what) => new HangupError(uuid, state.cause ?? 'unknown cause', what)))
}

/** The number that the event being dispatched has in the session's log. */
export const lastNumber = (state: SessionState): number => nextNumber(state.hub) - 1
