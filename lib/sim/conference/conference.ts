import type { TimerHandle } from '../../clock.ts'
import type { Channel } from '../channel/channel.ts'
import type { Execution } from '../execution/execution.ts'

/** A channel in a conference. */
export interface Member {
  /** Counted over all conferences of the switch. */
  readonly id: number
  readonly channel: Channel
  readonly run: Execution
  readonly conference: Conference
  readonly moderator: boolean
  /** The conference ends with it. */
  readonly endsConference: boolean
  /** Seconds since the epoch. */
  readonly joinedAt: number
  canHear: boolean
  canSpeak: boolean
  energy: number
  volumeIn: number
  volumeOut: number
  /** It was told to go, and does so with its next audio frame. */
  leaving: boolean
}

/** A file that is played to a conference. */
export interface ConferenceFile {
  readonly async: boolean
  /** While it plays. */
  timer: TimerHandle | undefined
  begin(): void
  stop(): void
}

/** A conference of the profile `default`: `conference_obj_t` in `mod_conference`. */
export interface Conference {
  readonly name: string
  readonly uuid: string
  /** Seconds since the epoch. */
  readonly startedAt: number
  /** The one that came last is the first. */
  readonly members: Member[]
  floor: Member | undefined
  locked: boolean
  pin: string
  /** What plays, the one that is heard first; those behind it wait. */
  readonly files: ConferenceFile[]
  /** The thread that looks after it, which does so once a frame when there is something to do. */
  thread: TimerHandle | undefined
}

/** The conferences of a switch, and what they count. */
export interface Conferences {
  readonly byName: Map<string, Conference>
  members: number
  presences: number
}

export const noConferences = (): Conferences => ({ byName: new Map(), members: 0, presences: 0 })

/** The profile and the domain of every conference, and its sampling rate. */
export const PROFILE = 'default'
export const DOMAIN = 'cluecon.com'
export const RATE = 8000
