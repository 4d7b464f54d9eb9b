import type { CallerHeader, ChannelHeader, CodecHeader, CoreHeader } from './header-names.ts'
import type { EventName } from './event-names.ts'

/** On every event of a channel that is set up. */
type SetUp = ChannelHeader | CallerHeader | CodecHeader

/**
 * The headers that were there on every instance of an event in the recordings of FreeSWITCH 1.10.12 (beside the core
 * headers), less those that FreeSWITCH leaves out when they are empty (names and numbers of the parties): what a type
 * may promise. Events that were recorded fewer than four times promise only the core headers.
 */
export interface SureHeaders {
  API: 'API-Command'
  BACKGROUND_JOB: 'Job-UUID' | 'Job-Command'
  CALL_UPDATE: SetUp | 'Direction'
  CHANNEL_ANSWER: SetUp
  CHANNEL_BRIDGE: SetUp | 'Bridge-A-Unique-ID' | 'Bridge-B-Unique-ID' | 'Other-Type'
  CHANNEL_CALLSTATE:
    ChannelHeader | CallerHeader | 'Original-Channel-Call-State' | 'Channel-Call-State-Number'
  CHANNEL_CREATE: ChannelHeader | CallerHeader
  CHANNEL_DESTROY: ChannelHeader
  CHANNEL_EXECUTE: SetUp | 'Application'
  CHANNEL_EXECUTE_COMPLETE: SetUp | 'Application' | 'Application-Response' | 'Application-UUID'
  CHANNEL_HANGUP: ChannelHeader | CallerHeader | 'Hangup-Cause'
  CHANNEL_HANGUP_COMPLETE: ChannelHeader | CallerHeader | 'Hangup-Cause'
  CHANNEL_ORIGINATE: ChannelHeader | CallerHeader
  CHANNEL_OUTGOING: ChannelHeader | CallerHeader
  CHANNEL_PARK: SetUp
  CHANNEL_PROGRESS: ChannelHeader | CallerHeader
  CHANNEL_STATE: ChannelHeader
  CHANNEL_UNBRIDGE: SetUp | 'Bridge-A-Unique-ID' | 'Bridge-B-Unique-ID'
  CHANNEL_UNPARK: SetUp
  CODEC: SetUp
  COMMAND: SetUp
  'conference::maintenance':
    | 'Event-Subclass'
    | 'Conference-Name'
    | 'Conference-Domain'
    | 'Conference-Size'
    | 'Conference-Ghosts'
    | 'Conference-Profile-Name'
    | 'Conference-Unique-ID'
    | 'Action'
  'sofia::reinvite': 'Event-Subclass' | 'Unique-ID'
  DTMF: SetUp | 'DTMF-Digit' | 'DTMF-Duration' | 'DTMF-Source'
  HEARTBEAT:
    | 'Up-Time'
    | 'FreeSWITCH-Version'
    | 'Uptime-msec'
    | 'Session-Count'
    | 'Max-Sessions'
    | 'Session-Per-Sec'
    | 'Session-Per-Sec-Last'
    | 'Session-Per-Sec-Max'
    | 'Session-Per-Sec-FiveMin'
    | 'Session-Since-Startup'
    | 'Session-Peak-Max'
    | 'Session-Peak-FiveMin'
    | 'Idle-CPU'
  MEDIA_BUG_START: SetUp | 'Media-Bug-Function' | 'Media-Bug-Target'
  MEDIA_BUG_STOP: SetUp | 'Media-Bug-Function' | 'Media-Bug-Target'
  PLAYBACK_START: SetUp | 'Playback-File-Path'
  PLAYBACK_STOP: SetUp | 'Playback-File-Path' | 'Playback-Status'
  PRIVATE_COMMAND: SetUp | 'Command'
  RECORD_START: SetUp | 'Record-File-Path'
  RECORD_STOP: SetUp | 'Record-File-Path'
  RECV_INFO:
    | SetUp
    | 'SIP-Content-Type'
    | 'SIP-From-User'
    | 'SIP-From-Host'
    | 'SIP-To-User'
    | 'SIP-To-Host'
    | 'SIP-Contact-User'
    | 'SIP-Contact-Host'
  RE_SCHEDULE: 'Task-ID' | 'Task-Desc' | 'Task-Group' | 'Task-Runtime'
  SESSION_HEARTBEAT: SetUp
}

type SureOf<N extends EventName> = CoreHeader | (N extends keyof SureHeaders ? SureHeaders[N] : never)

/** What is sure on each of several: what all of them promise. */
type SureOnAll<N extends EventName> = (N extends unknown ? (h: SureOf<N>) => void : never) extends (
  h: infer H,
) => void
  ? H
  : never

/** The headers that are sure to be there on an event called `N`; of several names, those that all of them have. */
export type SureHeader<N extends EventName> = EventName extends N ? CoreHeader : SureOnAll<N>
