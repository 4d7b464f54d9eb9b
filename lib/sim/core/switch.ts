import type { Clock, TimerHandle } from '../../clock.ts'
import type { Channel } from '../channel/channel.ts'
import type { Conferences } from '../conference/conference.ts'
import type { Config } from './config.ts'
import type { Listener } from '../socket/listener.ts'
import type { Random } from './random.ts'
import type { Stores } from './stores.ts'
import type { Scheduler, Task } from './scheduler.ts'

/** The whole state of an embedded switch. */
export interface Switch {
  readonly clock: Clock
  /** For ids, tags and ports. */
  readonly random: Random
  /** For what called parties do. */
  readonly partyRandom: Random
  readonly config: Config
  readonly coreUuid: string
  /** The headers that tell which switch it is, the same on every event. */
  readonly whoText: string
  /** Microseconds since the epoch at which it was started. */
  readonly startedAt: number
  readonly channels: Map<string, Channel>
  readonly listeners: Set<Listener>
  /** Who wants which event, by its name; nobody there means that the event is not even written. */
  readonly wanting: Map<string, Listener[]>
  readonly tasks: Map<number, Task>
  readonly scheduler: Scheduler
  readonly timers: Set<TimerHandle>
  readonly conferences: Conferences
  readonly counters: Counters
  readonly limits: Limits
  readonly stores: Stores
  /** The level up to which somebody listens to the log; -1 where nobody does. */
  logLevel: number
  sequence: number
  readonly moment: Moment
  /** Whether every event of a channel carries its variables. */
  verbose: boolean
  /** Somebody waits for the last call to end, to shut down then. */
  shutdownRequested: boolean
  /** Ends everything: connections are told so, unless it happens `abruptly`. */
  stop: (how?: 'abruptly') => void
  closed: boolean
}

/** The headers that say when, and all that stands before them: they change with each instant, most of them once a second. */
export interface Moment {
  at: number
  text: string
  second: number
  date: string
}

export interface Counters {
  sessions: number
  jobs: number
  tasks: number
  peak: number
  rate: number
  ratePeak: number
  rateSecond: number
  rateLast: number
}

export interface Limits {
  /** Sessions that may begin in one second, and that may be up at once. */
  sps: number
  maxSessions: number
  /** Calls that come in, or go out, are refused. */
  paused: { inbound: boolean; outbound: boolean }
}

/** The channel that one is bridged with. */
export const partnerOf = (sw: Switch, { partner }: Channel): Channel | undefined =>
  partner === undefined ? undefined : sw.channels.get(partner)

/** Microseconds since the epoch, as FreeSWITCH stamps them. */
export const micros = (sw: Switch): number => Math.round(sw.clock.now() * 1000)

/** Calls `fn` in `ms` milliseconds of the switch's clock, unless the switch is closed by then. */
export const later = (sw: Switch, ms: number, fn: () => void, background = false): TimerHandle => {
  const timer = sw.clock.setTimeout(
    () => {
      sw.timers.delete(timer)
      if (!sw.closed) fn()
    },
    ms,
    background,
  )
  sw.timers.add(timer)
  return timer
}

/** Takes a timer back. */
export const cancel = (sw: Switch, timer: TimerHandle | undefined): void => {
  if (!timer) return
  sw.timers.delete(timer)
  sw.clock.clearTimeout(timer)
}
