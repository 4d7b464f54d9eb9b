import { ConnectionLostError } from '../errors.ts'
import { nameOf } from '../esl/parties.ts'
import { watched } from '../flow/watched.ts'
import type { Listener } from '../listener/listener.ts'
import { ownedSessions } from '../listener/owned.ts'
import { callOf, type Call, type CallState } from '../model/call.ts'
import type { Job } from '../model/job.ts'
import type { Node } from '../model/node.ts'
import { sessionOf } from '../model/session.ts'
import { createAppSet } from './app-set.ts'
import { createAudit } from './audit/audit.ts'
import type { Client } from './client.ts'
import type { Connection } from './connection.ts'
import { hangUpOwn } from './hang-up-own.ts'
import { originate } from './originate.ts'
import { noteRegistry } from './running.ts'
import { notePlacedCalls } from './share-calls.ts'
import { clientIn } from './client-in.ts'
import { abandonOn } from './abandon.ts'
import type { Subscriptions } from './subscriptions.ts'

/** What a client is made of. */
export interface ClientParts {
  readonly node: Node
  readonly connection: Connection
  readonly listener: Listener
  readonly subscriptions: Subscriptions
  /** Whether lost events are looked for. */
  readonly audit: boolean
}

/** How long the result of a job may take, unless it is said, in ms. */
const JOB_TIMEOUT_MS = 600_000

/** Puts the client of a node together. */
export const createClient = (parts: ClientParts): Client => {
  const { node, connection, listener, subscriptions } = parts
  const { tables, counts, jobs, callEnded } = listener
  /** Nobody has to await a command; a failure that nobody saw is noted. */
  const commanded = <T>(what: string, promise: Promise<T>): Promise<T> =>
    watched(promise, (error) => node.unseen(what, error))

  /** A job is not put off until the switch is back: who places calls wants them now. */
  const away = <T>(command: string): Job<T> | undefined =>
    connection.state === 'away'
      ? jobs.refuse(command, new ConnectionLostError(command, node.name, connection.error))
      : undefined

  const apps = createAppSet({
    node,
    listener,
    subscriptions,
    context: (base, scope) => ({ ...base, client: clientIn(client, parts, scope) }),
  })
  const audit = createAudit({
    node,
    listener,
    state: () => connection.state,
    insert: (insertions) => connection.insert(insertions),
  })
  if (parts.audit) audit.start()
  const client: Client = {
    name: node.name,
    clock: node.clock,
    get connected() {
      return connection.state === 'connected'
    },
    get state() {
      return connection.state
    },
    get lost() {
      return connection.error
    },
    api: (command, options) => commanded(`api ${command}`, connection.commands.api(command, options)),
    bgapi: (command, { timeout = JOB_TIMEOUT_MS } = {}) =>
      away(command) ?? jobs.start({ command, patience: timeout, value: (output) => output }),
    originate: (dest, { signal, ...options } = {}) =>
      abandonOn(
        signal,
        listener,
        away(`originate ${nameOf(dest)}`) ?? originate(node, listener, dest, options),
      ),
    subscribe: (...events) => commanded(`subscribe ${events.join(' ')}`, subscriptions.add(events)),
    sendEvent: (name, headers = {}, body) =>
      commanded(`sendEvent ${name}`, connection.commands.sendevent(name, headers, body)),
    filter: (header, value) => commanded(`filter ${header}`, subscriptions.filter(header, value)),
    unfilter: (header, value) => commanded(`unfilter ${header}`, subscriptions.unfilter(header, value)),
    load: (app, options) => apps.load(app, options),
    replace: (loaded, app) => apps.replace(loaded, app),
    drain: () => apps.drain(),
    unload: (id) => apps.unload(id),
    get apps() {
      return apps.all
    },
    hupall: (which = {}) => commanded('hupall', hangUpOwn(listener, which)),
    get ownCalls() {
      const calls = new Set(ownedSessions(listener).flatMap(({ call }) => call ?? []))
      return Array.from<CallState, Call>(calls, (call) => callOf(call))
    },
    get sessions() {
      return Array.from(tables.sessions.values(), sessionOf)
    },
    session(uuid) {
      const state = tables.sessions.get(uuid)
      return state && sessionOf(state)
    },
    get calls() {
      return Array.from(tables.calls.values(), (call) => callOf(call))
    },
    countSessions: () => tables.sessions.size,
    countCalls: () => tables.calls.size,
    countJobs: () => jobs.size,
    counts,
    onCallEnd(tell) {
      const listen = (call: Parameters<typeof callOf>[0]): void => tell(callOf(call))
      callEnded.add(listen)
      return () => callEnded.delete(listen)
    },
    onState: (tell) => connection.onState(tell),
    async close() {
      try {
        await apps.close()
      } finally {
        audit.stop()
        await connection.exit()
      }
    },
    toJSON: () => ({
      name: node.name,
      state: connection.state,
      apps: apps.all.map(({ id, name }) => ({ id, name })),
      sessions: tables.sessions.size,
      calls: tables.calls.size,
      jobs: jobs.size,
    }),
    [Symbol.asyncDispose]: () => client.close(),
  }
  notePlacedCalls(client, tables.placed)
  noteRegistry(client, listener.registry)
  return client
}
