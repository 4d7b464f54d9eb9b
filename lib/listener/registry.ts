import type { EslEvent } from '../esl/event.ts'
import type { Scope } from '../flow/scope.ts'
import type { Session } from '../model/session.ts'
import type { OnFailure } from './on-failure.ts'
import type { PlacedCall } from './placed-calls.ts'
import type { Task } from './tasks.ts'

export type OnFunction = (session: Session, event: EslEvent) => unknown
export type HandleFunction = (event: EslEvent) => unknown

/** Functions by event; those of one event in the order they are called. */
export type FunctionTable<F> = readonly (readonly [event: string, functions: readonly F[]])[]

/** An app that is loaded on a node: what it does on which event, and for which sessions. */
export interface Registration {
  readonly app: string
  /** Sessions whose app header says this are its sessions. */
  readonly id: string
  /** A header of its own to look for `id` in, beside those of every app. */
  readonly header: string | undefined
  /** The SIP header of originate chooses it on calls of strangers, too. */
  readonly trustAppHeader: boolean
  /** Measurers see an event before the others do. */
  readonly measurer: boolean
  /** Its functions are called for the sessions of every id, not of its own alone. */
  readonly everywhere?: boolean
  readonly on: FunctionTable<OnFunction>
  /** What it does once for each session, from its first event. */
  readonly flow: readonly OnFunction[]
  readonly handle: FunctionTable<HandleFunction>
  /** What becomes of a session whose function has failed. Default: it is left. */
  readonly onFailure?: OnFailure
  /** What it has running. */
  readonly tasks: Set<Task>
  /** What it waits for by way of the client that its `prepost` was given. */
  readonly scope: Scope<EslEvent>
  /** Set once it is unloaded. */
  closed: Error | undefined
  /** Another one has taken its place: its `handle` functions are not called any more. */
  replaced?: boolean
}

/** One function of one app. */
export interface Entry<F> {
  readonly registration: Registration
  readonly fn: F
}

/** The SIP header that says which app a call belongs to, as a variable: without the prefix that events put before it. */
export const APP_VARIABLE = 'sip_h_X-Switchix-App'

/** The SIP header that originate sends, as events have it: anybody can send it, so it counts only on our own calls. */
const SIP_HEADER = `variable_${APP_VARIABLE}`

/** The channel variable by which a dialplan chooses the app of a call. */
const DIALPLAN_HEADER = 'variable_switchix_app'

/** The id of the apps that take every session which no other app is chosen for. */
export const DEFAULT_ID = 'default'

export interface Registry {
  add(registration: Registration): void
  /** Takes an app out, also of what was set aside. */
  remove(registration: Registration): void
  /**
   * Sets aside what the apps of `id` are now, for the sessions that have them; gives the key that stands for it in place of
   * the id. New sessions are not given `old` any more, but `replacement`, where there is one.
   */
  setAside(old: Registration, replacement?: Registration): string
  has(id: string): boolean
  readonly all: readonly Registration[]
  /** The apps behind an id or a key. */
  appsOf(key: string): readonly Registration[]
  /** The id of the app(s) for a session, by an event of its; `origin`: the call that was placed here of which it is a leg. */
  choose(event: EslEvent, origin: PlacedCall | undefined): string
  /** What the apps of that id, or key, do on that event, measurers first, then in load order. */
  on(id: string, event: string): readonly Entry<OnFunction>[]
  /** The flows that the apps of that id run for each session. */
  flows(id: string): readonly Entry<OnFunction>[]
  handlers(event: string): readonly Entry<HandleFunction>[]
}

const NOTHING: readonly never[] = []

/** A table of what is done on which event, made anew when an app comes or goes. */
const tableOf = <F>(
  registrations: readonly Registration[],
  tableIn: (registration: Registration) => FunctionTable<F>,
): Map<string, Entry<F>[]> => {
  const table = new Map<string, Entry<F>[]>()
  for (const registration of registrations)
    for (const [event, functions] of tableIn(registration)) {
      const entries = functions.map((fn): Entry<F> => ({ registration, fn }))
      table.set(event, [...(table.get(event) ?? []), ...entries])
    }
  return table
}

export const createRegistry = (): Registry => {
  let all: Registration[] = []
  /** Ids that the SIP header may choose, whoever sent it. */
  let trusting: ReadonlySet<string> = new Set()
  /** What was set aside, by key. */
  const aside = new Map<string, readonly Registration[]>()
  let keys = 0
  let on = new Map<string, Map<string, Entry<OnFunction>[]>>()
  let flows = new Map<string, Entry<OnFunction>[]>()
  let handlers = new Map<string, Entry<HandleFunction>[]>()

  const rebuild = (registrations: Registration[]): void => {
    all = [...registrations].sort((a, b) => Number(b.measurer) - Number(a.measurer))
    const still = new Set([...all, ...Array.from(aside.values()).flat()])
    handlers = tableOf(
      [...still].filter(({ replaced }) => !replaced),
      ({ handle }) => handle,
    )
    const everywhere = all.filter((each) => each.everywhere)
    const ids = new Set([...all.map(({ id }) => id), ...everywhere.map(() => DEFAULT_ID)])
    trusting = new Set(all.flatMap(({ id, trustAppHeader }) => (trustAppHeader ? [id] : [])))
    const groups = [
      ...Array.from(ids, (id) => [id, all.filter((each) => each.id === id || each.everywhere)] as const),
      ...Array.from(aside, ([key, apps]) => [key, [...new Set([...everywhere, ...apps])]] as const),
    ]
    on = new Map(groups.map(([key, apps]) => [key, tableOf(apps, (each) => each.on)]))
    // A flow belongs to an app id as other functions do to an event.
    flows = new Map(
      groups.map(([key, apps]) => [
        key,
        apps.flatMap((registration) => registration.flow.map((fn) => ({ registration, fn }))),
      ]),
    )
  }

  const has = (id: string): boolean => on.has(id) && !aside.has(id)

  const choose = (event: EslEvent, origin: PlacedCall | undefined): string => {
    for (const { header, id } of all) if (header !== undefined && event.get(header) === id) return id
    const said = event.get(DIALPLAN_HEADER)
    if (said !== undefined && has(said)) return said
    // What the call was placed with counts more than what came back with it.
    if (origin?.app !== undefined && has(origin.app)) return origin.app
    const sent = origin || trusting.size > 0 ? event.get(SIP_HEADER) : undefined
    return sent !== undefined && has(sent) && (origin || trusting.has(sent)) ? sent : DEFAULT_ID
  }

  return {
    add: (registration) => rebuild([...all, registration]),
    remove(registration) {
      for (const [key, apps] of aside) {
        const left = apps.filter((each) => each !== registration)
        if (left.length === 0) aside.delete(key)
        else aside.set(key, left)
      }
      rebuild(all.filter((each) => each !== registration))
    },
    setAside(old, replacement) {
      const key = `${old.id}#${++keys}`
      aside.set(
        key,
        all.filter(({ id }) => id === old.id),
      )
      old.replaced = replacement !== undefined
      rebuild(all.flatMap((each) => (each !== old ? [each] : replacement ? [replacement] : [])))
      return key
    },
    has,
    appsOf: (key) => aside.get(key) ?? all.filter(({ id }) => id === key),
    get all() {
      return all
    },
    choose,
    on: (id, event) => on.get(id)?.get(event) ?? NOTHING,
    flows: (id) => flows.get(id) ?? NOTHING,
    handlers: (event) => handlers.get(event) ?? NOTHING,
  }
}
