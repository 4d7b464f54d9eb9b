import type { TimerHandle } from '../../clock.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { noticeHangup } from './hangup-notice.ts'
import type { Listener } from './listener.ts'

/** The call that an outbound connection was opened for is told how it goes. */
export interface Opener {
  /** The client has sent `connect`. */
  connected(): void
  /** The connection is over; with `resume`, the call is to go on with its dialplan. */
  ended(resume: boolean): void
}

/** The session that a connection controls. */
export interface ControlledSession {
  readonly channel: Channel
  /** Whether messages are queued for the session, or carried out by the connection itself, one after the other. */
  readonly async: boolean
  readonly opener: Opener | undefined
  /** For how many seconds the connection stays after the hangup, -1 for ever; undefined: not at all. */
  linger: number | undefined
  /** The hangup has been noticed. */
  over: boolean
  /** Ends a connection that lingers. */
  end: TimerHandle | undefined
  /** Whether events that are sent to the session come here. */
  diverts: boolean
  resume: boolean
  readonly hungUp: () => void
}

/** Binds a connection to a session: it is told of the hangup, and the session stays until it lets go. */
export const takeControl = (
  sw: Switch,
  listener: Listener,
  channel: Channel,
  { async, opener }: { async: boolean; opener?: Opener },
): void => {
  const hungUp = (): void => void later(sw, TIMING.wake, () => noticeHangup(sw, listener))
  listener.session = {
    channel,
    async,
    opener,
    linger: undefined,
    over: false,
    end: undefined,
    diverts: false,
    resume: false,
    hungUp,
  }
  channel.controllers = [...channel.controllers, hungUp]
  if (!isUp(channel)) hungUp()
}
