import type { HangupCause } from '../../esl/hangup-causes.ts'
import type { SentCommand } from './command.ts'

/** Headers of an event, beside those that every one has. */
export type EventHeaders = Readonly<Record<string, string | number | readonly string[]>>

/** What a leg of a scripted call is to be. */
export interface LegOptions {
  /** Default: `leg-1`, `leg-2`, in the order in which they appear. */
  readonly uuid?: string | undefined
  /** Default `inbound`. */
  readonly direction?: 'inbound' | 'outbound' | undefined
  /** Who calls: the caller id number. Default 1000. */
  readonly caller?: string | undefined
  /** Whom: the number that was dialled. Default 100. */
  readonly destination?: string | undefined
  /** Channel variables; events have them as `variable_name`, `getVar` and `setVar` read and change them. */
  readonly variables?: Readonly<Record<string, string>> | undefined
  /** More headers, on all events of the leg. */
  readonly headers?: EventHeaders | undefined
}

/** A leg of a scripted call, as the switch has it. */
export interface Channel {
  readonly uuid: string
  readonly direction: 'inbound' | 'outbound'
  readonly caller: string
  destination: string
  readonly variables: Map<string, string>
  readonly headers: EventHeaders
  profileIndex: number
  answered: boolean
  cause: HangupCause | undefined
  gone: boolean
  /** The leg that it is bridged to. */
  other: Channel | undefined
  /** Applications that have begun and not ended. */
  readonly running: Set<SentCommand>
  /** Files that are being recorded. */
  readonly recordings: Set<string>
}

export const createChannel = (uuid: string, options: LegOptions): Channel => ({
  uuid,
  direction: options.direction ?? 'inbound',
  caller: options.caller ?? '1000',
  destination: options.destination ?? '100',
  variables: new Map(Object.entries(options.variables ?? {})),
  headers: options.headers ?? {},
  profileIndex: 1,
  answered: false,
  cause: undefined,
  gone: false,
  other: undefined,
  running: new Set(),
  recordings: new Set(),
})

const answerState = ({ answered, cause }: Channel): string =>
  cause === undefined ? (answered ? 'answered' : 'ringing') : 'hangup'

/** The headers that every event of a channel has: those that flows look at, as FreeSWITCH names and fills them. */
export const channelHeaders = (channel: Channel): EventHeaders => ({
  'Unique-ID': channel.uuid,
  'Call-Direction': channel.direction,
  'Presence-Call-Direction': channel.direction,
  'Channel-Call-UUID': channel.uuid,
  'Channel-Name': `sofia/external/${channel.direction === 'inbound' ? channel.caller : channel.destination}@127.0.0.1`,
  'Channel-State': channel.cause === undefined ? 'CS_EXECUTE' : 'CS_HANGUP',
  'Channel-Call-State': channel.cause !== undefined ? 'HANGUP' : channel.answered ? 'ACTIVE' : 'RINGING',
  'Answer-State': answerState(channel),
  'Caller-Direction': channel.direction,
  'Caller-Caller-ID-Name': channel.caller,
  'Caller-Caller-ID-Number': channel.caller,
  'Caller-ANI': channel.caller,
  'Caller-Destination-Number': channel.destination,
  'Caller-Unique-ID': channel.uuid,
  'Caller-Context': 'default',
  'Caller-Profile-Index': channel.profileIndex,
  ...(channel.other ? { 'Other-Leg-Unique-ID': channel.other.uuid } : {}),
  ...(channel.cause === undefined ? {} : { 'Hangup-Cause': channel.cause }),
  ...Object.fromEntries(Array.from(channel.variables, ([name, value]) => [`variable_${name}`, value])),
  ...channel.headers,
})
