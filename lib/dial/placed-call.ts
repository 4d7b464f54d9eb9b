import type { Clock, TimerHandle } from '../clock.ts'
import { ConnectionLostError, JobError, SwitchixError, TimeoutError } from '../errors.ts'
import { LOST } from '../listener/missed.ts'
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
  /**
   * Where it was given up without a session: one turned up later, and was hung up; or one may turn up yet. `left`: its end was
   * not waited for any longer.
   */
  readonly afterwards: 'turned up' | 'unknown' | 'left' | undefined
}

export interface PlacedCallOptions {
  readonly clock: Clock
  readonly launchedAt: number
  readonly hold: Hold
  answered(session: Session): void
  failed(error: unknown): void
  /** How long one that was given up may turn up, in ms. */
  patience(): number
  /** It is over: nothing of it is left on the switch, or the switch is lost. */
  over(end: EndedCall): void
}

/** The session once it is answered; and before, once there is one. */
export type Placing = Promise<Session> & Pick<Job<Session>, 'session' | 'unwanted' | 'settled'>

/** A call that was launched, until its last leg has gone. */
export interface PlacedCall {
  /** Its last session has ended. */
  ended(call: Call): void
  /** There is another patience from now on. */
  hurry(): void
  /** It is over for us, whether its last leg has gone or not. */
  leave(): void
}

/** Why a call failed: the switch's cause where it gave one, else our error's code (TIMEOUT, CONNECTION_LOST…). */
const causeOf = (error: unknown): string => {
  if (error instanceof JobError) return error.reply
  return error instanceof SwitchixError ? error.code : 'UNKNOWN'
}

/** An app keeps a call up that it says so of (`call.vars.noautohangup`, as in switchio): then it hangs up itself. */
const isKept = ({ call }: Session): boolean => call.vars['noautohangup'] === true

/** How long after a hangup that the switch may not have got it is told again, in ms. */
const AGAIN = 1000

/**
 * Follows a call: its job says whether it was answered, its sessions when it is over; either may come first, and a call
 * that failed early has no session at all. A session that ends without a cause was on a switch that we lost.
 *
 * One that fails without the switch's word (TIMEOUT, CONNECTION_LOST) is not over by that, for the switch may carry its
 * command out later: what there is of it, or turns up, is hung up; and it is over when nothing can turn up any more, or when
 * patience has run out.
 */
export const placeCall = (job: Placing, options: PlacedCallOptions): PlacedCall => {
  const { clock, launchedAt, hold } = options
  let settled = false
  let failure: string | undefined
  let call: Call | undefined
  let timer: TimerHandle | undefined
  /** It was given up before it had a session, which may turn up yet. */
  let given: 'waiting' | 'settled' | 'out of patience' | undefined
  let over = false

  const finish = (): void => {
    const caller = job.session
    // Of parties that are called in turn, those before the one that answered were calls of their own.
    const isOver = call !== undefined && (failure !== undefined || caller?.call === call)
    if (over || !settled || (caller ? !isOver : given === 'waiting')) return
    over = true
    clock.clearTimeout(timer)
    const cause = failure ?? caller?.cause ?? 'CONNECTION_LOST'
    if (!given) options.over({ cause, caller, call, afterwards: undefined })
    else {
      // That it turned up later is no part of how the call went.
      const unknown = given === 'out of patience' ? 'unknown' : undefined
      options.over({ cause, caller: undefined, call: undefined, afterwards: caller ? 'turned up' : unknown })
    }
  }

  /** A hangup that the switch refuses it refuses because the call is gone; its end is seen either way. */
  const hangUp = (session: Session): void => {
    session.hangup().catch((error: unknown) => {
      if (over || !(error instanceof TimeoutError || error instanceof ConnectionLostError)) return
      timer = clock.setTimeout(() => hangUp(session), AGAIN)
    })
  }

  const wait = (): void => {
    clock.clearTimeout(timer)
    timer = clock.setTimeout(() => {
      given = 'out of patience'
      finish()
    }, options.patience())
  }

  const giveUp = (): void => {
    job.unwanted = true
    if (job.session) {
      hangUp(job.session)
      return
    }
    given = 'waiting'
    wait()
    void job.settled().then(() => {
      given = 'settled'
      finish()
    })
  }

  const timeLeft = (): number =>
    hold.from === 'answer' ? hold.ms : Math.max(0, launchedAt + hold.ms - clock.now())

  job.then(
    (session) => {
      settled = true
      options.answered(session)
      if (hold.ms > 0 && !session.hungup)
        timer = clock.setTimeout(() => isKept(session) || hangUp(session), timeLeft())
      finish()
    },
    (error: unknown) => {
      settled = true
      failure = causeOf(error)
      options.failed(error)
      if (!(error instanceof JobError)) giveUp()
      finish()
    },
  )

  return {
    ended(whole) {
      call = whole
      finish()
    },
    hurry() {
      if (given === 'waiting') wait()
    },
    leave() {
      if (over) return
      over = true
      clock.clearTimeout(timer)
      const caller = job.session
      options.over({
        cause: failure ?? caller?.cause ?? LOST,
        caller,
        call: caller?.call,
        afterwards: 'left',
      })
    },
  }
}
