import type { Clock, TimerHandle } from '../clock.ts'
import { JobError, SwitchixError } from '../errors.ts'
import type { Call } from '../model/call.ts'
import type { Job } from '../model/job.ts'
import type { Session } from '../model/session.ts'
import type { Hold } from './hold.ts'

/** A call that is over. */
export interface EndedCall {
  /** The switch's cause; where it gave none, our error's code (TIMEOUT, CONNECTION_LOST…). */
  readonly cause: string
  /** Undefined where the switch never made a channel. */
  readonly caller: Session | undefined
  readonly call: Call | undefined
}

export interface PlacedCallOptions {
  readonly clock: Clock
  readonly launchedAt: number
  readonly hold: Hold
  answered(session: Session): void
  failed(error: unknown): void
  /** It is over: nothing of it is left on the switch, or the switch is lost. */
  over(end: EndedCall): void
}

/** The session once it is answered; and before, once there is one. */
export type Placing = Promise<Session> & Pick<Job<Session>, 'session'>

/** A call that was launched, until its last leg has gone. */
export interface PlacedCall {
  /** Its last session has ended. */
  ended(call: Call): void
}

/** Why a call failed: the switch's cause where it gave one, else our error's code (TIMEOUT, CONNECTION_LOST…). */
const causeOf = (error: unknown): string => {
  if (error instanceof JobError) return error.reply
  return error instanceof SwitchixError ? error.code : 'UNKNOWN'
}

/** A hangup that fails does so because the call is gone; its end is seen either way. */
const hangUp = (session: Session): void => void session.hangup().catch(() => undefined)

/**
 * Follows a call: its job says whether it was answered, its sessions when it is over; either may come first, and a call
 * that failed early has no session at all. A session that ends without a cause was on a switch that we lost.
 */
export const placeCall = (job: Placing, options: PlacedCallOptions): PlacedCall => {
  const { clock, launchedAt, hold } = options
  let settled = false
  let failure: string | undefined
  let call: Call | undefined
  let timer: TimerHandle | undefined

  const finish = (): void => {
    const caller = job.session
    if (!settled || (caller && !call)) return
    clock.clearTimeout(timer)
    options.over({ cause: failure ?? caller?.cause ?? 'CONNECTION_LOST', caller, call })
  }

  const timeLeft = (): number =>
    hold.from === 'answer' ? hold.ms : Math.max(0, launchedAt + hold.ms - clock.now())

  job.then(
    (session) => {
      settled = true
      options.answered(session)
      if (hold.ms > 0 && !session.hungup) timer = clock.setTimeout(() => hangUp(session), timeLeft())
      finish()
    },
    (error: unknown) => {
      settled = true
      failure = causeOf(error)
      options.failed(error)
      finish()
    },
  )

  return {
    ended(whole) {
      call = whole
      finish()
    },
  }
}
