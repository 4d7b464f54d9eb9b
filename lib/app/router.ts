import { HangupError } from '../errors.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import type { EventName } from '../esl/event-names.ts'
import type { HeaderName } from '../esl/header-names.ts'
import type { Session } from '../model/session.ts'
import type { App } from './app.ts'

/** What a route does with a session whose header matched. */
export type RouteFunction<P> = (session: Session, match: RegExpExecArray, params: P) => unknown

/** A pattern over a header, and what is done where it matches. */
export interface Route {
  readonly pattern: RegExp
  readonly header: HeaderName
  run(session: Session, match: RegExpExecArray): unknown
}

const STOP = Symbol('stop routing')

/** Thrown in a route function, ends the routing of this session: no later route is tried. */
export const stopRouting = (): never => {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a signal to the router, not an error
  throw STOP
}

/** Calls `fn` with the match and `params` for sessions whose `header` matches; by default the number that was dialled. */
export const route = <P = undefined>(
  pattern: RegExp,
  fn: RouteFunction<P>,
  ...[params, header = 'Caller-Destination-Number']: P extends undefined
    ? [params?: P, header?: HeaderName]
    : [params: P, header?: HeaderName]
): Route => ({ pattern, header, run: (session, match) => fn(session, match, params as P) })

export interface RouterOptions {
  readonly name?: string
  /** Headers and what they must be, all of them, for a session to be routed. */
  readonly guards?: Readonly<Record<string, string | RegExp>>
  /** Whether sessions that do not pass the guards, or that no route matches, are hung up. Default true. */
  readonly rejectOnGuard?: boolean
  /** The cause they are hung up with. Default NO_ROUTE_DESTINATION. */
  readonly cause?: HangupCause
  /** Events that the routes wait for. */
  readonly subscribe?: readonly EventName[]
}

const passes = (session: Session, guards: Readonly<Record<string, string | RegExp>>): boolean =>
  Object.entries(guards).every(([header, wanted]) => {
    const value = session.get(header)
    return value !== undefined && (typeof wanted === 'string' ? value === wanted : wanted.test(value))
  })

/** Whether any route matched. A route that fails does not keep the others from being tried; its error comes last. */
const follow = async (session: Session, routes: readonly Route[]): Promise<boolean> => {
  const errors: unknown[] = []
  let matched = false
  for (const { pattern, header, run } of routes) {
    const match = new RegExp(pattern, pattern.flags.replace(/[gy]/g, '')).exec(session.get(header) ?? '')
    if (!match) continue
    matched = true
    try {
      await run(session, match)
    } catch (error) {
      if (error === STOP || error instanceof HangupError) break
      errors.push(error)
    }
  }
  if (errors.length > 0)
    throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'several routes failed')
  return matched
}

/**
 * Routes each inbound call when it is parked: every route whose pattern matches runs, in their order, until one calls
 * `stopRouting()`; a call that is not for us is hung up.
 */
export const router = (
  routes: readonly Route[],
  {
    name = 'Router',
    guards = {},
    rejectOnGuard = true,
    cause = 'NO_ROUTE_DESTINATION',
    subscribe = [],
  }: RouterOptions = {},
): App => ({
  name,
  subscribe,
  on: {
    async CHANNEL_PARK(session) {
      if (session.direction !== 'inbound') return
      const routed = passes(session, guards) && (await follow(session, routes))
      if (!routed && rejectOnGuard) await session.hangup(cause)
    },
  },
})
