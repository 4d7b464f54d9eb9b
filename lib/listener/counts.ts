import type { SessionState } from '../model/state.ts'

/** What has been counted since the client connected. */
export interface Counts {
  /** Sessions that appeared. */
  sessions: number
  answered: number
  /** Sessions that ended, by cause. */
  readonly causes: Map<string, number>
  /** Commands that failed with nobody awaiting them. */
  unseenFailures: number
  /** Functions of apps that failed. */
  appFailures: number
}

export const createCounts = (): Counts => ({
  sessions: 0,
  answered: 0,
  causes: new Map(),
  unseenFailures: 0,
  appFailures: 0,
})

export const countEnd = ({ causes }: Counts, { cause = 'NONE' }: SessionState): void => {
  causes.set(cause, (causes.get(cause) ?? 0) + 1)
}
