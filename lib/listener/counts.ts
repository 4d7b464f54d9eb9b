import type { SessionState } from '../model/state.ts'

/** What has been counted of the sessions of one app id that have ended. */
export interface AppCounts {
  ended: number
  answered: number
  /** By cause. */
  readonly causes: Map<string, number>
}

/** What has been counted since the client connected. */
export interface Counts {
  /** Sessions that appeared. */
  sessions: number
  answered: number
  /** Sessions that ended, by cause. */
  readonly causes: Map<string, number>
  /** Sessions that ended, by app id. */
  readonly apps: Map<string, AppCounts>
  /** Commands that failed with nobody awaiting them. */
  unseenFailures: number
  /** Functions of apps that failed. */
  appFailures: number
  /** Waits by a test that had neither names nor a bound: see `recv`. */
  blindWaits: number
  /** Events that were taken out of the logs of sessions, which hold 10,000 each. */
  droppedEvents: number
  /** Calls that were hung up because a function of their app had failed; see `onFailure`. */
  hungUpOnFailure: number
  /** Failures of functions whose calls were left as they are: as `onFailure` says, or because they were bridged. */
  leftOnFailure: number
  /** Sessions, and jobs, of which an event was lost while the switch was connected, and was made up. */
  recovered: number
}

export const createCounts = (): Counts => ({
  sessions: 0,
  answered: 0,
  causes: new Map(),
  apps: new Map(),
  unseenFailures: 0,
  appFailures: 0,
  blindWaits: 0,
  droppedEvents: 0,
  hungUpOnFailure: 0,
  leftOnFailure: 0,
  recovered: 0,
})

const countIn = (causes: Map<string, number>, cause: string): void => {
  causes.set(cause, (causes.get(cause) ?? 0) + 1)
}

export const countEnd = (
  { causes, apps }: Counts,
  { cause = 'NONE', appId, answered }: SessionState,
): void => {
  countIn(causes, cause)
  let app = apps.get(appId)
  if (!app) apps.set(appId, (app = { ended: 0, answered: 0, causes: new Map() }))
  app.ended++
  if (answered) app.answered++
  countIn(app.causes, cause)
}
