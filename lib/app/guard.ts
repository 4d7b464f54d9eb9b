import type { EslEvent } from '../esl/event.ts'
import type { Session } from '../model/session.ts'
import type { App } from './app.ts'
import { mapSessionFunctions } from './functions.ts'

/** The app, for those sessions only for which `predicate` holds when an event of theirs comes. */
export const guard = <C>(predicate: (session: Session, event: EslEvent) => boolean, app: App<C>): App<C> =>
  mapSessionFunctions(
    app,
    (fn) => (session, event) => (predicate(session, event) ? fn(session, event) : undefined),
  )

/** The app, for calls that come to the switch only. */
export const inbound = <C>(app: App<C>): App<C> => guard(({ direction }) => direction === 'inbound', app)

/** The app, for calls that the switch places only. */
export const outbound = <C>(app: App<C>): App<C> => guard(({ direction }) => direction === 'outbound', app)

/** The app, and before each of its functions a look at what it is given. */
export const tap = <C>(look: (session: Session, event: EslEvent) => void, app: App<C>): App<C> =>
  mapSessionFunctions(app, (fn) => (session, event) => {
    look(session, event)
    return fn(session, event)
  })
