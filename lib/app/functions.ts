import type { EslEvent } from '../esl/event.ts'
import type { Session } from '../model/session.ts'
import type { App, Flow, OneOrMore, OnFunctions } from './app.ts'

/** What a session is given to: a function of `on`, or a flow. */
export type SessionFunction = (session: Session, event: EslEvent) => unknown

/** One function or several, as an app may have them. */
export const listOf = <F extends (...args: never) => unknown>(
  value: OneOrMore<F> | undefined,
): readonly F[] => {
  if (value === undefined) return []
  return typeof value === 'function' ? [value] : value
}

/** The functions of a table, event by event. */
export const entriesOf = <F extends (...args: never) => unknown>(
  table: object | undefined,
): [event: string, functions: readonly F[]][] =>
  Object.entries(table ?? {}).map(([event, value]) => [event, listOf(value as OneOrMore<F>)])

/** Puts the functions of several tables together, event by event, in their order. */
export const joinTables = <T extends object>(tables: readonly (T | undefined)[]): T => {
  const all: Record<string, unknown[]> = {}
  for (const [event, functions] of tables.flatMap((table) => entriesOf(table)))
    all[event] = [...(all[event] ?? []), ...functions]
  return all as unknown as T
}

/** The same app, each function that is given a session changed: those of `on`, and the flows. */
export const mapSessionFunctions = <C>(
  app: App<C>,
  change: (fn: SessionFunction) => SessionFunction,
): App<C> => {
  const on = entriesOf<SessionFunction>(app.on).map(([event, functions]) => [event, functions.map(change)])
  return {
    ...app,
    on: Object.fromEntries(on) as OnFunctions,
    flow: listOf<SessionFunction>(app.flow as OneOrMore<SessionFunction> | undefined).map(change) as Flow[],
  }
}
