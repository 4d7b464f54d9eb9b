import debug from 'debug'
import { systemClock, type Clock } from '../clock.ts'
import type { EventName } from '../esl/event-names.ts'
import type { Commands } from '../link/commands.ts'
import { tcp } from '../link/tcp.ts'
import { createListener, type Listener } from '../listener/listener.ts'
import type { Report } from '../listener/tasks.ts'
import type { Node } from '../model/node.ts'
import type { Client, ClientApp } from './client.ts'
import { listApplications } from './applications.ts'
import { openOnce, type Connection } from './connection.ts'
import { createClient } from './create-client.ts'
import { openAgainAndAgain, type ReconnectOptions } from './open-again.ts'
import { parseTarget, type Target } from './target.ts'
import { requireTimes } from './require-times.ts'
import { createIds } from './ids.ts'
import { createTokens } from './tokens.ts'
import { warnOfDefaultPassword } from './default-password.ts'
import { createUuids } from './uuids.ts'
import { noteLosses, noteUnseen } from './note-unseen.ts'
import { printFailure } from './print-failure.ts'
import { BASE_EVENTS, createSubscriptions } from './subscriptions.ts'

const log = debug('switchix:client')

export interface ConnectOptions {
  /** Default `ClueCon`, as FreeSWITCH ships. */
  readonly password?: string | undefined
  /** To log in as a user of the switch's directory, `name@domain`, with `password` being the user's. */
  readonly user?: string | undefined
  /** Loaded in this order, under the id `default`, before `connect` resolves. */
  readonly apps?: readonly ClientApp[] | undefined
  /** Events that are asked for beside those that the apps and the verbs need. */
  readonly subscribe?: readonly EventName[] | undefined
  /** For the connection and for the authentication, each, in ms. Default 10 000. */
  readonly connectTimeout?: number | undefined
  /** For the reply to a command, in ms. Default 30 000. */
  readonly commandTimeout?: number | undefined
  /**
   * The largest frame that is waited for, in bytes: a Content-Length above it ends the connection with a ProtocolError,
   * for its bytes may never come. Default 64 MiB; `show channels` of 50,000 channels is some 30 MB.
   */
  readonly maxFrameBytes?: number | undefined
  /**
   * Headers by which sessions are put together into calls, the first that an event has, whoever sent it. Default: the token
   * that `originate` sends as `X-Switchix-Call`, of calls that are up, then the switch's own `call_uuid`.
   */
  readonly trackingHeaders?: readonly string[] | undefined
  /** Told of every app function that failed. Default: prints it on stderr. */
  readonly onAppError?: Report | undefined
  readonly clock?: Clock | undefined
  /**
   * Settles the ids of its commands, jobs and calls: with it, and a switch that has one too, a run in virtual time is the
   * same again. Clients of one switch need seeds of their own, for the same one gives the same ids. Default: random ids.
   */
  readonly seed?: number | undefined
  /**
   * Whether, and how, the connection is made again when it is lost; `true` for the defaults. Meanwhile the sessions and
   * their flows wait, and once it is back they are brought up to date. Default for `connect` false: everything ends with the
   * connection. Default for `serve` and `createPool` true.
   */
  readonly reconnect?: ReconnectOptions | boolean | undefined
  /**
   * After so many ms without a byte the connection is taken for dead; the switch is asked for its HEARTBEATs, which come
   * every 20 s. Default 50 000 with `reconnect`, else false: never.
   */
  readonly heartbeat?: number | false | undefined
  /**
   * Whether sessions and jobs of which nothing was heard for a while are compared with what the switch has, in case their
   * events were lost (see docs/services.md). Default true.
   */
  readonly audit?: boolean | undefined
}

/** Two and a half of the switch's heartbeats. */
const HEARTBEAT_SILENCE = 50_000

/**
 * Connects to a FreeSWITCH and gives its client. Rejects with ConnectError (UNREACHABLE, AUTH_FAILED, ACL_REJECTED),
 * AppLoadError, or ArgumentError for what is no address.
 */
export const connect = async (
  target: Target,
  { apps = [], ...options }: ConnectOptions = {},
): Promise<Client> => {
  const client = await openClient(target, options)
  try {
    for (const app of apps) await client.load(app)
  } catch (error) {
    await client.close()
    throw error
  }
  return client
}

export interface OpenOptions extends Omit<ConnectOptions, 'apps'> {
  /** Whether the switch may be away: then the client is given all the same, and looks for it. Default false. */
  readonly mayBeAway?: boolean | undefined
}

/** A client without apps; otherwise as `connect`. */
export const openClient = async (target: Target, options: OpenOptions): Promise<Client> => {
  requireTimes(options)
  const address = parseTarget(target)
  const clock = options.clock ?? address.clock ?? systemClock
  const open = address.connect ?? tcp(address.host, address.port, options.connectTimeout ?? 10_000)
  const reconnect = options.reconnect === true ? {} : options.reconnect
  const heartbeat = options.heartbeat ?? (reconnect ? HEARTBEAT_SILENCE : false)
  const newUuid = createUuids(options.seed)
  let applications: ReadonlySet<string> | undefined

  const node: Node = {
    name: `${address.host}:${address.port}`,
    clock,
    get commands() {
      return connection.patient
    },
    get applications() {
      return applications
    },
    newId: createIds(newUuid),
    comesBack: Boolean(reconnect),
    newUuid,
    newToken: createTokens(clock, options.seed, newUuid),
    want: (names) => subscriptions.want(names),
    hasAskedFor: (name) => subscriptions.has(name),
    unseen: noteUnseen(log, () => listener.counts),
    ...noteLosses(log, () => listener.counts),
  }
  const listener: Listener = createListener(node, options.onAppError ?? printFailure, options.trackingHeaders)
  const refresh = async (commands: Commands): Promise<void> => {
    applications = await listApplications(commands)
  }
  const parts = {
    connect: open,
    listener,
    options: {
      ...options,
      password: options.password ?? address.password,
      clock,
      silence: heartbeat === false ? undefined : heartbeat,
    },
  }
  const connection: Connection = await (reconnect
    ? openAgainAndAgain({
        ...parts,
        name: node.name,
        reconnect,
        subscribe: (commands) => subscriptions.renew(commands),
        refresh,
        mayBeAway: options.mayBeAway ?? false,
      })
    : openOnce(parts))
  const subscriptions = createSubscriptions(connection.patient, Boolean(reconnect))
  const audit = options.audit ?? address.audit ?? true
  const client = createClient({ node, connection, listener, subscriptions, audit })
  if (client.connected) warnOfDefaultPassword(address, parts.options)
  try {
    const base = heartbeat === false ? BASE_EVENTS : [...BASE_EVENTS, 'HEARTBEAT']
    const asked = subscriptions.add([...base, ...(options.subscribe ?? [])])
    // Where it is away, it is asked once it is there.
    if (client.connected) await asked.then(() => refresh(connection.commands))
    else asked.catch((error: unknown) => log('%s: %O', node.name, error))
  } catch (error) {
    await client.close()
    throw error
  }
  return client
}
