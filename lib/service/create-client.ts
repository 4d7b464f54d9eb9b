import { ConnectionLostError } from '../errors.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import { watched } from '../flow/watched.ts'
import type { Listener } from '../listener/listener.ts'
import { APP_VARIABLE, DEFAULT_ID } from '../listener/registry.ts'
import { callOf } from '../model/call.ts'
import type { Job } from '../model/job.ts'
import type { Node } from '../model/node.ts'
import { sessionOf } from '../model/session.ts'
import type { SessionState } from '../model/state.ts'
import { createAppSet } from './app-set.ts'
import type { Client } from './client.ts'
import type { Connection } from './connection.ts'
import { originate } from './originate.ts'
import type { Subscriptions } from './subscriptions.ts'

/** What a client is made of. */
export interface ClientParts {
  readonly node: Node
  readonly connection: Connection
  readonly listener: Listener
  readonly subscriptions: Subscriptions
}

const hasHeader = (state: SessionState, id: string): boolean =>
  sessionOf(state).get(`variable_${APP_VARIABLE}`) === id

/**
 * One `hupall` for all calls that were sent out with the app's header (those still ringing, too), and a kill for each
 * session that came to the app in another way.
 */
const hangUp = async (
  { connection, listener }: ClientParts,
  ids: readonly string[],
  cause: HangupCause,
): Promise<void> => {
  const { commands } = connection
  const sessions = [...listener.tables.sessions.values()].filter(({ appId }) => ids.includes(appId))
  const kills = sessions
    .filter((state) => !hasHeader(state, state.appId))
    .map(({ uuid }) => commands.api(`uuid_kill ${uuid} ${cause}`).catch(() => ''))
  await Promise.all([...ids.map((id) => commands.api(`hupall ${cause} ${APP_VARIABLE} ${id}`)), ...kills])
}

/** Puts the client of a node together. */
export const createClient = (parts: ClientParts): Client => {
  const { node, connection, listener, subscriptions } = parts
  const { registry, tables, counts, jobs, callEnded } = listener
  /** Nobody has to await a command; a failure that nobody saw is noted. */
  const commanded = <T>(what: string, promise: Promise<T>): Promise<T> =>
    watched(promise, (error) => node.unseen(what, error))

  /** A job is not put off until the switch is back: who places calls wants them now. */
  const away = <T>(command: string): Job<T> | undefined =>
    connection.state === 'away'
      ? jobs.refuse(command, new ConnectionLostError(command, node.name, connection.error))
      : undefined

  const apps = createAppSet({ node, listener, subscriptions, context: (base) => ({ ...base, client }) })
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
    bgapi: (command) => away(command) ?? jobs.start({ command, value: (output) => output }),
    originate: (dest, options = {}) => away(`originate ${dest}`) ?? originate(node, listener, dest, options),
    subscribe: (...events) => commanded(`subscribe ${events.join(' ')}`, subscriptions.add(events)),
    load: (app, options) => apps.load(app, options),
    replace: (loaded, app) => apps.replace(loaded, app),
    drain: () => apps.drain(),
    unload: (id) => apps.unload(id),
    get apps() {
      return apps.all
    },
    hupall({ app, cause = 'NORMAL_CLEARING' } = {}) {
      // Those that were set aside have sessions, too.
      const theirs = Array.from(tables.sessions.values(), ({ appId }) => appId)
      const ids = app === undefined ? [...registry.all.map(({ id }) => id), ...theirs, DEFAULT_ID] : [app]
      return commanded('hupall', hangUp(parts, [...new Set(ids)], cause))
    },
    get sessions() {
      return Array.from(tables.sessions.values(), sessionOf)
    },
    session(uuid) {
      const state = tables.sessions.get(uuid)
      return state && sessionOf(state)
    },
    get calls() {
      return Array.from(tables.calls.values(), callOf)
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
        await connection.exit()
      }
    },
    [Symbol.asyncDispose]: () => client.close(),
  }
  return client
}
