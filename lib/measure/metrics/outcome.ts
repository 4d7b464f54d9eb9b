/** How one call attempt went, as far as the metrics need to know. Times in milliseconds, by the switch's clock. */
export interface CallOutcome {
  /** Whether the switch got as far as sending an INVITE (a seizure, ITU-T E.600); else it refused the bid itself. */
  readonly seized: boolean
  /** Final status of the INVITE, 200 for one that was answered; undefined where none came. */
  readonly sipStatus: number | undefined
  /** Hangup cause, by FreeSWITCH's name for Q.850's. */
  readonly cause: string
  readonly invite: number | undefined
  /** First provisional response but 100 (180, 183, ...). */
  readonly progress: number | undefined
  readonly answer: number | undefined
  readonly hangup: number | undefined
}

/** FreeSWITCH's causes whose Q.850 numbers say that the network has reached the called party: 17, 18, 19 and 21. */
const REACHED_CAUSES: ReadonlySet<string> = new Set([
  'USER_BUSY',
  'NO_USER_RESPONSE',
  'NO_ANSWER',
  'CALL_REJECTED',
])

/**
 * SIP statuses that say the same: those that RFC 3398 (8.2.6.1) maps to the causes 17, 18 and 21, and 607, declined as unwanted
 * (RFC 8197). Not 401, 402 and 407: they map to 21, too, but it is the network that asks for credentials or payment.
 */
const REACHED_STATUSES: ReadonlySet<number> = new Set([403, 480, 486, 600, 603, 607])

/** The caller gave up: the called party was reached where it was ringing. */
const CANCELLED = 487

/** Responses that ask for something and are no failure (RFC 6076, 4.3.2). */
const CHALLENGES: ReadonlySet<number> = new Set([401, 402, 407])

/**
 * Causes of answered calls that were not ended in order: the far end, its media or the switch no longer responded, or we lost sight
 * of the call. RFC 6076 (4.9) has a session completed unless it fails for lack of a response; whoever hung up with whatever
 * cause has completed it.
 */
const BROKEN_OFF: ReadonlySet<string> = new Set([
  'MEDIA_TIMEOUT',
  'RECOVERY_ON_TIMER_EXPIRE',
  'NETWORK_OUT_OF_ORDER',
  'GATEWAY_DOWN',
  'SRTP_READ_ERROR',
  'CRASH',
  'LOST',
  'CONNECTION_LOST',
  'TIMEOUT',
  'NONE',
])

export const isAnswered = ({ answer }: CallOutcome): boolean => answer !== undefined

/** Sent on to somebody else: neither established nor failed. */
export const isRedirected = ({ sipStatus = 0 }: CallOutcome): boolean => sipStatus >= 300 && sipStatus < 400

/** Refused by a request for credentials or payment: no failure indication (RFC 6076, 4.3.2). */
export const isChallenged = ({ sipStatus = 0 }: CallOutcome): boolean => CHALLENGES.has(sipStatus)

/** Answered, and ended in order (RFC 6076, 4.9, "successfully completed"). */
export const isCompleted = (outcome: CallOutcome): boolean =>
  isAnswered(outcome) && outcome.hangup !== undefined && !BROKEN_OFF.has(outcome.cause)

/**
 * Not answered, but the called party was reached: busy, no answer, rejected (ITU-T E.425). The SIP status says so where there
 * is one, else the Q.850 cause.
 */
export const isReached = ({ sipStatus, cause, progress }: CallOutcome): boolean => {
  if (sipStatus === undefined) return REACHED_CAUSES.has(cause)
  return sipStatus === CANCELLED ? progress !== undefined : REACHED_STATUSES.has(sipStatus)
}

/**
 * When the first response that tells of the far end came: a provisional one but 100, or a final one. A call that ended without
 * any has none.
 */
export const firstResponse = ({ sipStatus, progress, answer, hangup }: CallOutcome): number | undefined => {
  const refused = answer === undefined && sipStatus !== undefined ? hangup : undefined
  const times = [progress, answer, refused].filter((at) => at !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** How long it was answered, in ms; undefined where that is not known: no end was seen, or the clock went back meanwhile. */
export const talkTimeOf = ({ answer, hangup }: Pick<CallOutcome, 'answer' | 'hangup'>): number | undefined =>
  answer !== undefined && hangup !== undefined && hangup >= answer ? hangup - answer : undefined
