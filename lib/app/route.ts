import { ArgumentError, messageOf } from '../errors.ts'
import type { HeaderName } from '../esl/header-names.ts'
import type { Session } from '../model/session.ts'

/** The names of a pattern's groups, `(?<name>…)`, where the pattern is a text that the compiler knows. */
type GroupNames<P extends string> = P extends `${string}(?<${infer Name}>${infer Rest}`
  ? (Name extends `=${string}` | `!${string}` ? never : Name) | GroupNames<Rest>
  : never

/** Whether a group of the pattern may take no part in a match: it is optional, or stands in an alternative. */
type MayMiss<P extends string> = P extends
  `${string}|${string}` | `${string})?${string}` | `${string})*${string}`
  ? true
  : P extends `${string}){0${string}`
    ? true
    : false

/** What a pattern's named groups hold: by the names in a text; any name for a RegExp, which tells nobody what it has. */
export type GroupsOf<P extends RegExp | string> = P extends string
  ? string extends P
    ? Readonly<Record<string, string | undefined>>
    : Readonly<Record<GroupNames<P>, MayMiss<P> extends true ? string | undefined : string>>
  : Readonly<Record<string, string | undefined>>

/** What matched: the whole, the groups by number, and by name in `groups`, which is empty where the pattern has none. */
export interface RouteMatch<P extends RegExp | string = RegExp> extends Omit<RegExpExecArray, 'groups'> {
  readonly groups: GroupsOf<P>
}

/** What a route does with a session whose header matched. */
export type RouteFunction<P = undefined, M extends RegExp | string = RegExp> = (
  session: Session,
  match: RouteMatch<M>,
  params: P,
) => unknown

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

export const isStop = (error: unknown): boolean => error === STOP

/** An expression without memory: with `g` or `y` it would go on where its last match ended. */
export const withoutMemory = (pattern: RegExp): RegExp =>
  /[gy]/.test(pattern.flags) ? new RegExp(pattern, pattern.flags.replace(/[gy]/g, '')) : pattern

const compile = (text: string): RegExp => {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new ArgumentError(
      `expected a regular expression as the pattern of a route: ${messageOf(error)}`,
      error,
    )
  }
}

/**
 * Calls `fn` with the match and `params` for sessions whose `header` matches; by default the number that was dialled. The
 * pattern is a RegExp, or its text: then the names of its groups are typed. It is not anchored: write `^` and `$`. Throws
 * ArgumentError (BAD_ARGUMENT) for a text that is no regular expression.
 */
export const route = <const M extends RegExp | string, P = undefined>(
  pattern: M,
  fn: (session: Session, match: RouteMatch<NoInfer<M>>, params: P) => unknown,
  ...[params, header = 'Caller-Destination-Number']: undefined extends P
    ? [params?: P, header?: HeaderName]
    : [params: P, header?: HeaderName]
): Route => ({
  pattern: withoutMemory(typeof pattern === 'string' ? compile(pattern) : pattern),
  header,
  run: (session, match) =>
    fn(
      session,
      Object.assign(match, { groups: match.groups ?? {} }) as unknown as RouteMatch<M>,
      params as P,
    ),
})
