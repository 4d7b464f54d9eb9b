import { TimeoutError } from '../errors.ts'
import { interrupt } from '../flow/mailbox.ts'
import type { App } from './app.ts'
import { mapSessionFunctions } from './functions.ts'

/**
 * The app, each of whose functions may take `ms` milliseconds: what it waits for then, or waits for next, rejects with a
 * TimeoutError. A function that catches it can still hang up, or say that it is sorry.
 */
export const withTimeout = <C>(ms: number, app: App<C>): App<C> =>
  mapSessionFunctions(app, (fn) => (session, event) => {
    const result = fn(session, event)
    if (!(result instanceof Promise)) return result
    const { clock } = session.state.node
    const late = new TimeoutError(`${app.name} on ${event.name} of session ${session.uuid}`, ms)
    const timer = clock.setTimeout(() => interrupt(session.box, late), ms)
    return result.finally(() => clock.clearTimeout(timer))
  })
