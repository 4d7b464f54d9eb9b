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
export const REACHED_CAUSES: ReadonlySet<string> = new Set([
  'USER_BUSY',
  'NO_USER_RESPONSE',
  'NO_ANSWER',
  'CALL_REJECTED',
])

/** Causes of calls that were ended by one of their parties, as calls are. */
const COMPLETED: ReadonlySet<string> = new Set(['NORMAL_CLEARING', 'NORMAL_UNSPECIFIED', 'ALLOTTED_TIMEOUT'])

export const isAnswered = ({ answer }: CallOutcome): boolean => answer !== undefined

/** Sent on to somebody else: neither established nor failed. */
export const isRedirected = ({ sipStatus = 0 }: CallOutcome): boolean => sipStatus >= 300 && sipStatus < 400

/** Answered, and ended by a party and not by a failure (RFC 6076 section 4.9, "successfully completed"). */
export const isCompleted = (outcome: CallOutcome): boolean =>
  isAnswered(outcome) && outcome.hangup !== undefined && COMPLETED.has(outcome.cause)

/** When the first response that tells of the far end came: a provisional one but 100, or a final one. */
export const firstResponse = ({ progress, answer, hangup }: CallOutcome): number | undefined => {
  const times = [progress, answer, answer === undefined ? hangup : undefined].filter((at) => at !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}
