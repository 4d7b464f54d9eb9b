import { ArgumentError, HangupError } from '../errors.ts'
import { isHangupCause, type HangupCause } from '../esl/hangup-causes.ts'
import type { EventName } from '../esl/event-names.ts'
import type { Session } from '../model/session.ts'
import type { App } from './app.ts'
import { isStop, withoutMemory, type Route } from './route.ts'

export interface RouterOptions {
  /** Default `Router`. Routers of one id on one node need names of their own. */
  readonly name?: string
  /** Headers and what they must be, all of them, for a session to be routed. */
  readonly guards?: Readonly<Record<string, string | RegExp>>
  /**
   * Whether sessions are hung up that do not pass the guards, or that no route matches, here or in another router that
   * got the same call. Default true.
   */
  readonly rejectOnGuard?: boolean
  /** The cause they are hung up with. Default NO_ROUTE_DESTINATION. */
  readonly cause?: HangupCause
  /** Events that the routes wait for. */
  readonly subscribe?: readonly EventName[]
}

/** An app that routes calls; its routes may change while it is loaded. */
export interface Router extends App<object> {
  /** In the order that they are tried. */
  readonly routes: readonly Route[]
  /** Adds routes behind those that there are, for calls that come from now on. */
  add(...routes: readonly Route[]): void
  /** Takes a route away; calls that it is being tried for go on. Says whether it was there. */
  remove(route: Route): boolean
}

type Guards = readonly (readonly [header: string, wanted: string | RegExp])[]

const passes = (session: Session, guards: Guards): boolean =>
  guards.every(([header, wanted]) => {
    const value = session.get(header)
    return value !== undefined && (typeof wanted === 'string' ? value === wanted : wanted.test(value))
  })

/**
 * Tries the routes in their order; `found` is called with each that matches, with the first one before anything is awaited. A
 * header that is missing matches nothing. A route that fails does not keep the others from being tried; its error comes last.
 */
const follow = async (session: Session, routes: readonly Route[], found: () => void): Promise<void> => {
  const errors: unknown[] = []
  for (const { pattern, header, run } of routes) {
    const value = session.get(header)
    const match = value === undefined ? null : pattern.exec(value)
    if (!match) continue
    found()
    try {
      await run(session, match)
    } catch (error) {
      if (isStop(error) || error instanceof HangupError) break
      errors.push(error)
    }
  }
  if (errors.length > 0)
    throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'several routes failed')
}

/** Calls, by the event that they were parked with, that a router has a route for. */
const taken = new WeakSet<object>()

/**
 * Routes each inbound call when it is parked: every route whose pattern matches runs, in their order, until one calls
 * `stopRouting()`; a call that is not for us is hung up. Throws ArgumentError (BAD_ARGUMENT) for a cause that there is not.
 */
export const router = (
  routes: readonly Route[] = [],
  {
    name = 'Router',
    guards = {},
    rejectOnGuard = true,
    cause = 'NO_ROUTE_DESTINATION',
    subscribe = [],
  }: RouterOptions = {},
): Router => {
  if (!isHangupCause(cause))
    throw new ArgumentError(`expected a hangup cause such as NO_ROUTE_DESTINATION, got "${cause}"`)
  const guarded = Object.entries(guards).map(
    ([header, wanted]) => [header, typeof wanted === 'string' ? wanted : withoutMemory(wanted)] as const,
  )
  let all: readonly Route[] = [...routes]
  return {
    name,
    subscribe,
    get routes() {
      return all
    },
    add(...more) {
      all = [...all, ...more]
    },
    remove(route) {
      const before = all.length
      all = all.filter((each) => each !== route)
      return all.length < before
    },
    on: {
      async CHANNEL_PARK(session, event) {
        if (session.direction !== 'inbound') return
        if (!passes(session, guarded)) {
          if (rejectOnGuard) await session.hangup(cause)
          return
        }
        // All routers get the event in one go: when this has been awaited, each has had a look at it.
        await follow(session, all, () => taken.add(event))
        if (rejectOnGuard && !taken.has(event)) await session.hangup(cause)
      },
    },
  }
}
