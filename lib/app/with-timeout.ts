import { TimeoutError } from '../errors.ts'
import { interrupt } from '../flow/mailbox.ts'
import { requireTime } from '../flow/require-time.ts'
import { runningOf } from '../flow/running.ts'
import { scopeOf } from '../flow/scope.ts'
import type { Session } from '../model/session.ts'
import type { App } from './app.ts'
import { mapSessionFunctions } from './functions.ts'

/** Rejects with `late` after `ms` where a stream is still read by then: whatever it waits for, nobody waits for it any more. */
const readUntil = (
  session: Session,
  reading: Promise<unknown>,
  ms: number,
  late: Error,
): Promise<unknown> => {
  const { clock } = session.state.node
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => {
      interrupt(session.box, late)
      reject(late)
    }, ms)
    reading.then(resolve, reject).finally(() => clock.clearTimeout(timer))
  })
}

/** Has what is awaited after `ms` reject with `late`; a function that was not told of it, and ended later all the same, has failed. */
const awaitUntil = async (
  session: Session,
  running: Promise<unknown>,
  ms: number,
  late: Error,
): Promise<unknown> => {
  const { clock } = session.state.node
  const timer = clock.setTimeout(() => interrupt(session.box, late), ms)
  try {
    const result = await running
    if (scopeOf(session.box).interrupted === late) throw late
    return result
  } finally {
    clock.clearTimeout(timer)
  }
}

/**
 * The app, each of whose functions may take `ms` milliseconds: what it waits for then, or waits for next, rejects with a
 * TimeoutError, on other sessions, too, that it came to by way of its own (`peer`, `call`), and `signal` aborts with it. A function
 * that catches it can still hang up, or say that it is sorry. A stream that a function returns is read no further then.
 */
export const withTimeout = <C>(ms: number, app: App<C>): App<C> => {
  requireTime(`the time of ${app.name}`, ms)
  return mapSessionFunctions(app, (fn) => (session, event) => {
    const result = fn(session, event)
    const running = runningOf(result)
    if (!running) return result
    const late = new TimeoutError(`${app.name} on ${event.name} of session ${session.uuid}`, ms)
    return (result instanceof Promise ? awaitUntil : readUntil)(session, running, ms, late)
  })
}
