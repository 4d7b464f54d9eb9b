import { bridge } from '../app/bridge-route.ts'
import { route, type Route } from '../app/route.ts'
import { router } from '../app/router.ts'
import { isHangupCause, type HangupCause } from '../esl/hangup-causes.ts'
import type { HeaderName } from '../esl/header-names.ts'
import type { BridgeOptions } from '../model/verbs/bridge.ts'
import type { ClientApp } from '../service/client.ts'
import { isBridgeOptions, isTable, writeJson } from './options/bridge-table.ts'
import { flag, hangupCause, readJson, type OptionSpec, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'

/**
 * What is done with the calls that a pattern matches: bridged, where it is what `bridge()` takes (`$1` and `$<name>` are groups of the
 * match); answered with that SIP status, 300 to 699; or hung up with that cause.
 */
export type RouteTarget = (BridgeOptions & { readonly header?: HeaderName }) | number | HangupCause

export interface RouterTable {
  /** By pattern, in the order that they are tried; a pattern matches the number that was dialled, or `header`. */
  readonly routes?: Readonly<Record<string, RouteTarget>>
  /** Headers and what they must be for a call to be routed. Default: none. */
  readonly guards?: Readonly<Record<string, string>>
  /** Whether calls are hung up that no route matches, or that do not pass the guards. Default true. */
  readonly rejectOnGuard?: boolean
  /** The cause they are hung up with. Default NO_ROUTE_DESTINATION. */
  readonly cause?: HangupCause
}

const isStatus = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 300 && Number(value) <= 699

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

const isTarget = (value: unknown): value is RouteTarget => {
  if (typeof value === 'string') return isHangupCause(value)
  if (!isTable(value)) return isStatus(value)
  const { header = '', ...to } = value
  return typeof header === 'string' && isBridgeOptions(to)
}

const routes: OptionSpec<Readonly<Record<string, RouteTarget>>> = {
  type: 'json',
  default: {},
  summary: 'by pattern, whom a call is bridged to, or the SIP status or hangup cause that it gets',
  expected:
    'a table of patterns and what bridge() takes, a SIP status or a hangup cause, such as {"^1(.*)":{"gateway":"trunk","dest":"$1"},"^00":403}',
  isValid: (value) =>
    isTable(value) && Object.entries(value).every(([pattern, to]) => isPattern(pattern) && isTarget(to)),
  read: readJson,
  write: writeJson,
}

const guards: OptionSpec<Readonly<Record<string, string>>> = {
  type: 'json',
  default: {},
  summary: 'headers and what they must be for a call to be routed',
  expected: 'a table of headers and texts, such as {"Caller-Context":"public"}',
  isValid: (value) => isTable(value) && Object.values(value).every((text) => typeof text === 'string'),
  read: readJson,
  write: writeJson,
}

export const ROUTER_OPTIONS: OptionTable<RouterTable> = {
  routes,
  guards,
  rejectOnGuard: flag(true, 'whether calls are hung up that no route matches, or that fail the guards'),
  cause: hangupCause('NO_ROUTE_DESTINATION', 'the cause they are hung up with'),
}

const routeOf = ([pattern, target]: [string, RouteTarget]): Route => {
  if (typeof target === 'number') return route(pattern, (sess) => sess.respond(target))
  if (typeof target === 'string') return route(pattern, (sess) => sess.hangup(target))
  const { header = 'Caller-Destination-Number', ...to } = target
  return route<string, BridgeOptions>(pattern, bridge, to, header)
}

/** A router whose routes are a table, as the command line and a configuration have it. */
export const routesTable = (options: RouterTable = {}): ClientApp => {
  const { routes: table, ...rest } = readOptions('Router', ROUTER_OPTIONS, options)
  return router(Object.entries(table).map(routeOf), rest)
}
