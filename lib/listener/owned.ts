import type { SessionState } from '../model/state.ts'
import type { Listener } from './listener.ts'
import { DEFAULT_ID } from './registry.ts'

/** What it takes to tell whose a session is. */
type Apps = Pick<Listener, 'registry'>

/**
 * Whether an app was given this leg. The apps of the id `default` are shown every session of the switch that is nobody else's:
 * a leg that another controller placed is theirs only once one of them has given it a command, or still runs for it.
 */
const isTaken = ({ registry }: Apps, state: SessionState): boolean => {
  const apps = registry.appsOf(state.appKey).filter(({ measurer }) => !measurer)
  if (apps.length === 0) return false
  if (state.appId !== DEFAULT_ID || state.direction === 'inbound' || state.commanded) return true
  return apps.some(({ tasks }) => Array.from(tasks).some(({ session }) => session?.state === state))
}

/**
 * Whether a session is a leg of a call that this client has placed, or whose apps took it. Only those may be commanded by
 * what ends many calls at once: `hupall`, `drain`, a shut-down.
 */
export const isOwned = (apps: Apps, state: SessionState): boolean => {
  const isOurs = (leg: SessionState): boolean => leg.placed || isTaken(apps, leg)
  return isOurs(state) || (state.call?.legs.some(isOurs) ?? false)
}

/** The sessions that are up and this client's; those of one app id, where one is given. */
export const ownedSessions = (listener: Listener, app?: string): SessionState[] =>
  [...listener.tables.sessions.values()].filter(
    (state) => (app === undefined || state.appId === app) && isOwned(listener, state),
  )
