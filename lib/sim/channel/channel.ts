import type { TimerHandle } from '../../clock.ts'
import type { CallerProfile } from './caller-profile.ts'
import type { Digits } from '../media/digits.ts'
import { encode, looksEncoded } from '../events/encode.ts'
import { flat } from '../events/flat.ts'
import type { Execution } from '../execution/execution.ts'
import type { Leg } from './leg.ts'
import type { Loop } from './loop.ts'
import type { Message } from '../execution/message.ts'
import type { MediaBug } from './media-bugs.ts'
import type { Recording } from '../media/recordings.ts'
import type { Action } from '../calls/dialplan.ts'
import type { Task } from '../core/scheduler.ts'
import { noVariables, type VariableStore } from './variable-store.ts'
import type { AnswerState, CallState, State } from './states.ts'

/** How loud audio is made, per direction; `mute` above 0 is silence. */
export type Audio = Readonly<
  Partial<Record<'read' | 'write', { readonly mute: number; readonly level: number }>>
>

/** One leg of a call in the embedded switch, as FreeSWITCH's channel and session are one. */
export interface Channel {
  readonly uuid: string
  readonly direction: 'inbound' | 'outbound'
  readonly name: string
  /** Its name, uuid and direction as headers, which never change. */
  readonly identity: string
  /** What runs now, and what will run next: FreeSWITCH shows both, as `Channel-State` and `Channel-State-Number`. */
  running: State
  state: State
  /** What it ran before, and until when, in milliseconds since the epoch. */
  ranBefore: State | undefined
  ranUntil: number
  callState: CallState
  answerState: AnswerState
  hangupCause: string | undefined
  callUuid: string
  hitDialplan: boolean
  codec: boolean
  /** What it reads and writes with: PCMU, or linear sound, in a conference and in `loopback/`. */
  readCodec: 'PCMU' | 'L16'
  /** How what comes in was read before linear sound was needed. */
  readBefore: 'PCMU' | 'L16' | undefined
  writeCodec: 'PCMU' | 'L16' | undefined
  caller: CallerProfile | undefined
  other: { readonly type: 'originator' | 'originatee'; profile: CallerProfile } | undefined
  readonly variables: VariableStore
  /** Whether some value looks encoded as it is, and some name more than ASCII: what sending has to look for. */
  literal: boolean
  wide: boolean
  /** The signalling with the far end. */
  leg: Leg | undefined
  /** What it has in place of that, when it was dialed as `loopback/` or `null/`. */
  loop: Loop | undefined
  /** Applications that run, the innermost last. */
  readonly executions: Execution[]
  /** What `sendmsg` has queued, and whether one with `event-lock` holds the others up. */
  readonly messages: Message[]
  /** `uuid_break` has ended what a message began, its loops too (CF_STOP_BROADCAST). */
  broken: boolean
  locked: boolean
  pickup: TimerHandle | undefined
  /** Actions of the dialplan that are still to come. */
  actions: readonly Action[]
  /** The application and argument that ran last, for `last_app` and `last_arg`. */
  lastApp: readonly [app: string, arg: string] | undefined
  /** All applications that it has begun, with when, in ms since the epoch (`switch_app_log_t`). */
  readonly appLog: { readonly app: string; readonly arg: string; readonly at: number }[]
  /** Called once, when the channel has hung up, by what waits for it: an originate, a bridge. */
  readonly onHangup: (() => void)[]
  /** Told of what the far end does, by the leg that dials: an originate, a bridge. */
  waiter: ((heard: 'ringing' | 'early' | 'answered') => void) | undefined
  /** While an originate holds it, the channel is destroyed only when that lets go. */
  held: boolean
  /** Connections that control it, by how they are told of its hangup: it is destroyed when the last lets go. */
  controllers: readonly (() => void)[]
  ended: boolean
  /** Whether all its events carry its variables. */
  verbose: boolean
  /** The uuid of the channel that it is bridged with, and which of the two does the bridging. */
  partner: string | undefined
  bridgeRole: 'originator' | 'originatee' | undefined
  /** A called leg that plays the part of a B leg: its phone is shown the callee (CF_BLEG). */
  bleg: boolean
  /** DTMF on its way, in and out. */
  digits: Digits | undefined
  recordings: readonly Recording[]
  /** What else listens to its media, or changes it. */
  bugs: readonly MediaBug[]
  /** From when to when it was on hold, in microseconds since the epoch; to 0 while it is. */
  holds: readonly (readonly [from: number, to: number])[]
  /** What `uuid_audio` has done to what comes in (`read`) and goes out (`write`). */
  audio: Audio | undefined
  /** Told when what it sends, or lets in, may have changed. */
  watchers: readonly (() => void)[]
  /** Where it goes when what it runs has ended: it was transferred. */
  redirect: (() => void) | undefined
  /** Takes it out of its bridge. */
  leaveBridge: (() => void) | undefined
  /** What the scheduler has to do with it. */
  tasks: readonly Task[]
  /** The jitter buffer that was asked for, in milliseconds; 0 for none. */
  jitterMs: number
  /** When SESSION_HEARTBEAT is due. */
  heartbeat: TimerHandle | undefined
  createdAt: number
}

const identityText = (uuid: string, name: string, direction: string): string =>
  `\nChannel-Name: ${encode(name)}\nUnique-ID: ${encode(uuid)}` +
  `\nCall-Direction: ${direction}\nPresence-Call-Direction: ${direction}`

/** What hardly any channel has is one list for all of them, and made anew where something comes to it. */
const NONE: readonly never[] = []

/** Makes the record of a channel; nobody is told of it yet. `createdAt` in microseconds since the epoch. */
export const createChannel = (
  uuid: string,
  direction: 'inbound' | 'outbound',
  name: string,
  createdAt: number,
): Channel => ({
  uuid,
  direction,
  name,
  identity: flat(identityText(uuid, name, direction)),
  running: direction === 'inbound' ? 'CS_NEW' : 'CS_NONE',
  state: direction === 'inbound' ? 'CS_NEW' : 'CS_INIT',
  ranBefore: undefined,
  ranUntil: 0,
  callState: 'DOWN',
  answerState: 'ringing',
  hangupCause: undefined,
  callUuid: uuid,
  hitDialplan: direction === 'inbound',
  codec: false,
  readCodec: 'PCMU',
  readBefore: undefined,
  writeCodec: 'PCMU',
  caller: undefined,
  other: undefined,
  variables: noVariables(),
  literal: looksEncoded(name) || looksEncoded(uuid),
  wide: false,
  leg: undefined,
  loop: undefined,
  executions: [],
  messages: [],
  broken: false,
  locked: false,
  pickup: undefined,
  actions: [],
  lastApp: undefined,
  appLog: [],
  onHangup: [],
  waiter: undefined,
  held: false,
  controllers: NONE,
  ended: false,
  verbose: false,
  partner: undefined,
  bridgeRole: undefined,
  bleg: false,
  digits: undefined,
  recordings: NONE,
  bugs: NONE,
  holds: NONE,
  audio: undefined,
  watchers: NONE,
  redirect: undefined,
  leaveBridge: undefined,
  tasks: NONE,
  jitterMs: 0,
  heartbeat: undefined,
  createdAt,
})

/** Whether it can still do anything: it has not hung up. */
export const isUp = (channel: Channel): boolean => channel.hangupCause === undefined

/** Whether audio flows: answered, or early media. */
export const hasMedia = (channel: Channel): boolean =>
  channel.answerState === 'answered' || channel.answerState === 'early'
