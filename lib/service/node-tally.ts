import type { Client, ClientState } from './client.ts'

/** The sessions of one app id. */
export interface AppTally {
  /** Up now. */
  sessions: number
  ended: number
  /** Of those that ended. */
  answered: number
  causes: Record<string, number>
}

/** What goes on, and what has been, on a node or on all of them. */
export interface Tally {
  /** Up now. */
  sessions: number
  calls: number
  jobs: number
  /** Sessions that ended, by cause. */
  causes: Record<string, number>
  /** By app id. */
  apps: Record<string, AppTally>
  unseenFailures: number
  appFailures: number
  /** Calls that were hung up, and failures after which they were left; see `onFailure`. */
  hungUpOnFailure: number
  leftOnFailure: number
}

export interface NodeTally extends Tally {
  state: ClientState
}

const add = (into: Record<string, number>, from: Iterable<readonly [string, number]>): void => {
  for (const [key, count] of from) into[key] = (into[key] ?? 0) + count
}

const appIn = (apps: Record<string, AppTally>, id: string): AppTally =>
  (apps[id] ??= { sessions: 0, ended: 0, answered: 0, causes: {} })

/** The tally of one node. */
export const tallyOf = (client: Client): NodeTally => {
  const { counts } = client
  const apps: Record<string, AppTally> = {}
  for (const { id } of client.apps) appIn(apps, id)
  for (const { appId } of client.sessions) appIn(apps, appId).sessions++
  for (const [id, { ended, answered, causes }] of counts.apps) {
    const app = appIn(apps, id)
    app.ended = ended
    app.answered = answered
    add(app.causes, causes)
  }
  return {
    state: client.state,
    sessions: client.countSessions(),
    calls: client.countCalls(),
    jobs: client.countJobs(),
    causes: Object.fromEntries(counts.causes),
    apps,
    unseenFailures: counts.unseenFailures,
    appFailures: counts.appFailures,
    hungUpOnFailure: counts.hungUpOnFailure,
    leftOnFailure: counts.leftOnFailure,
  }
}

const SUMS = [
  ...(['sessions', 'calls', 'jobs', 'unseenFailures', 'appFailures'] as const),
  ...(['hungUpOnFailure', 'leftOnFailure'] as const),
] as const

/** Several tallies as one. */
export const totalOf = (tallies: readonly Tally[]): Tally => {
  const total: Tally = {
    sessions: 0,
    calls: 0,
    jobs: 0,
    causes: {},
    apps: {},
    unseenFailures: 0,
    appFailures: 0,
    hungUpOnFailure: 0,
    leftOnFailure: 0,
  }
  for (const each of tallies) {
    for (const field of SUMS) total[field] += each[field]
    add(total.causes, Object.entries(each.causes))
    for (const [id, { sessions, ended, answered, causes }] of Object.entries(each.apps)) {
      const app = appIn(total.apps, id)
      app.sessions += sessions
      app.ended += ended
      app.answered += answered
      add(app.causes, Object.entries(causes))
    }
  }
  return total
}
