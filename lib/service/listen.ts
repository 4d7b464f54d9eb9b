import debug from 'debug'
import type { LoadDefaults, LoadOptions } from '../app/load.ts'
import { systemClock, type Clock } from '../clock.ts'
import { ConnectError, ConnectionLostError, ProtocolError } from '../errors.ts'
import { callGuarded } from '../flow/call-guarded.ts'
import { addressOf, createAccessList } from '../link/access-list.ts'
import type { EslEvent } from '../esl/event.ts'
import type { Link } from '../link/inbound.ts'
import type { Accept } from '../link/memory.ts'
import { tcpServer, type OpenServer } from '../link/tcp-server.ts'
import type { Connect, Transport, TransportHandlers } from '../link/transport.ts'
import { createListener } from '../listener/listener.ts'
import type { OnFailure } from '../listener/on-failure.ts'
import type { Report } from '../listener/tasks.ts'
import type { Node } from '../model/node.ts'
import { listApplications } from './applications.ts'
import type { Client } from './client.ts'
import { closedOnPurpose } from './connection.ts'
import { createClient } from './create-client.ts'
import { appFrom, type AppSource } from './factory.ts'
import { takeCall, type HandedOver } from './handed-over.ts'
import { createIds } from './ids.ts'
import { createTokens } from './tokens.ts'
import { createUuids } from './uuids.ts'
import { noteLosses, noteUnseen } from './note-unseen.ts'
import { connectionTo, expectOn, waysTo } from './outbound-connection.ts'
import { printFailure } from './print-failure.ts'
import { createRefusedPrinter } from './print-refused.ts'
import { requireTimes } from './require-times.ts'
import { sharedSubscriptions } from './shared-subscriptions.ts'
import { shutDown, within, type ShutDownOptions } from './shut-down.ts'
import type { Subscriptions } from './subscriptions.ts'

const log = debug('switchix:outbound')

export interface ListenOptions {
  /** 0 for any that is free. FreeSWITCH's examples have 8084. */
  readonly port: number
  /** Address to listen on. Default 127.0.0.1: nobody outside gets in, for whoever connects gets to run the apps. */
  readonly host?: string | undefined
  /**
   * Networks whose addresses may connect, such as `10.0.0.0/8` or `2001:db8::/32`. Others are refused: their connections are
   * closed at once, counted (`refused`) and told to `onRefused`. Default: everybody who can reach the port.
   */
  readonly allow?: readonly string[] | undefined
  /** How long the switch keeps a connection after the end of its channel, in ms (whole seconds). Default 5000. */
  readonly linger?: number | undefined
  /** For the reply to a command, in ms. Default 30 000. */
  readonly commandTimeout?: number | undefined
  /**
   * The largest frame that is waited for, in bytes: a Content-Length above it ends the connection with a ProtocolError,
   * for its bytes may never come. Default 64 MiB; `show channels` of 50,000 channels is some 30 MB.
   */
  readonly maxFrameBytes?: number | undefined
  readonly trackingHeaders?: readonly string[] | undefined
  /** Under which id the apps are loaded. Default `default`: they take every call that no other app is chosen for. */
  readonly load?: LoadOptions | undefined
  /**
   * What becomes of a call when a function of an app has failed, whatever the app says itself; never of a call that is bridged.
   * Default: what the app says, else `'hangup'`.
   */
  readonly onFailure?: OnFailure | undefined
  /** Told of every app function that failed. Default: prints it on stderr. */
  readonly onAppError?: Report | undefined
  /** Told of connections that were refused, or broke off while they were taken. Default: prints it on stderr. */
  readonly onRefused?: ((error: unknown) => void) | undefined
  readonly clock?: Clock | undefined
  /** What opens the server; by TCP where it is left out. */
  readonly server?: OpenServer | undefined
}

/** Waits for calls that switches hand over. */
export interface OutboundServer extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** The calls, apps and counts of all connections. Its commands go to a switch that has handed a call over, while it has. */
  readonly client: Client
  /** Connections that were refused because `allow` does not let their address in. */
  readonly refused: number
  /** Takes no more calls, gives those that there are up to `grace` ms, hangs up the rest and closes; gives how many it was. */
  shutDown(options?: ShutDownOptions): Promise<number>
  /** Unloads the apps and ends the connections: the calls go on in the dialplan. */
  close(): Promise<void>
}

/** How long a call may take to be taken, in ms, where the server closes meanwhile. */
const TAKEN_BY = 500

const listed = (apps: AppSource | readonly AppSource[]): readonly AppSource[] =>
  Array.isArray(apps) ? (apps as readonly AppSource[]) : [apps as AppSource]

/**
 * Waits for calls that FreeSWITCH's `socket` application hands over (`async full`), and gives each to the apps as `serve`
 * does with those of a switch that it is connected to. The apps are loaded once, not for each call. Resolves when it
 * listens; rejects with ConnectError (UNREACHABLE) where the address cannot be had, and with AppLoadError.
 */
export const listen = async (
  options: ListenOptions,
  apps: AppSource | readonly AppSource[],
): Promise<OutboundServer> => {
  const { host = '127.0.0.1', clock = systemClock, linger = 5000, commandTimeout } = options
  const { onRefused = createRefusedPrinter(clock) } = options
  const isAllowed = options.allow && createAccessList(options.allow)
  let refused = 0
  requireTimes(options)
  const name = `${host}:${options.port}`
  const calls = new Map<Link, HandedOver>()
  const taking = new Map<Promise<void>, Transport>()
  const applications = new Map<string, ReadonlySet<string> | undefined>()
  const subscriptions = sharedSubscriptions(calls)
  const channels = new WeakMap<Node, EslEvent>()
  let closing = false

  const shared = {
    clock,
    newId: createIds(),
    newUuid: createUuids(),
    newToken: createTokens(clock, undefined, createUuids()),
    hasAskedFor: subscriptions.has,
    unseen: noteUnseen(log, () => listener.counts),
    ...noteLosses(log, () => listener.counts),
  }
  const stop = async (): Promise<void> => {
    closing = true
    server?.close()
    if (!(await within(clock, Promise.all(taking.keys()), TAKEN_BY)))
      for (const transport of taking.values()) transport.destroy()
    await Promise.all([...taking.keys(), ...Array.from(calls.keys(), (link) => link.exit())])
    listener.lost(closedOnPurpose)
    connection.close()
  }
  const connection = connectionTo(name, calls, stop, (failure) => listener.failed(failure))
  const node: Node = {
    ...shared,
    name,
    get commands() {
      return connection.commands
    },
    applications: undefined,
    want: (names) => subscriptions.want(names),
    // A switch tells the result of a job to whoever listens, not only to who sent it.
    ways: () => waysTo(calls),
    expect: (uuid) => expectOn(calls, uuid),
  }
  const listener = createListener(node, options.onAppError ?? printFailure, options.trackingHeaders)
  const client = createClient({ node, connection, listener, subscriptions, audit: true })

  /** The node of one connection; which applications a switch has is asked once of each. */
  const nodeOf = async (link: Link, own: Subscriptions, core: string): Promise<Node> => {
    if (!applications.has(core)) applications.set(core, await listApplications(link))
    return {
      ...shared,
      name: link.peer,
      commands: link,
      applications: applications.get(core),
      want: (names) => own.want(names),
    }
  }

  const over = (link: Link): void => {
    calls.delete(link)
    listener.jobs.wayEnded(link, (what) => new ConnectionLostError(what, link.peer, 'its call is over'))
  }

  const tellRefused = (error: unknown): void =>
    callGuarded(
      () => onRefused(error),
      (second) => log('onRefused failed: %O; what it was told of: %O', second, error),
    )

  const take = async (connect: Connect): Promise<void> => {
    try {
      const call = await takeCall({
        connect,
        clock,
        commandTimeout,
        maxFrameBytes: options.maxFrameBytes,
        linger,
        listener,
        events: subscriptions.names,
        node: (link, own, data) => nodeOf(link, own, data.get('Core-UUID')),
        channels,
        over,
      })
      if (call.link.open) calls.set(call.link, call)
    } catch (error) {
      // A caller who hangs up before the switch has told of the channel was never a call of ours.
      if (error instanceof ConnectionLostError && !(error.cause instanceof ProtocolError))
        log('%s', error.message)
      else tellRefused(error)
    }
  }

  const accept: Accept = (transport) => {
    let handlers: TransportHandlers | undefined
    const connect: Connect = (theirs) => {
      handlers = theirs
      return Promise.resolve(transport)
    }
    if (closing) transport.destroy()
    else if (isAllowed && !isAllowed(addressOf(transport.peer))) {
      refused++
      transport.destroy()
      tellRefused(
        new ConnectError('ACL_REJECTED', transport.peer, `${transport.peer} is not in a network of allow`),
      )
    } else {
      const taken = take(connect)
      taking.set(taken, transport)
      void taken.then(() => taking.delete(taken))
    }
    return { data: (chunk) => handlers?.data(chunk), close: (error) => handlers?.close(error) }
  }

  let server: { readonly port: number; close(): void } | undefined
  try {
    const how: LoadDefaults = {
      ...options.load,
      onFailure: options.load?.onFailure ?? options.onFailure,
      otherwise: 'hangup',
    }
    for (const app of listed(apps)) await client.load(appFrom(app), how)
    server = await (options.server ?? tcpServer(host, options.port))(accept)
  } catch (error) {
    await client.close()
    throw error
  }
  const close = (): Promise<void> => client.close()
  return {
    host,
    port: server.port,
    client,
    get refused() {
      return refused
    },
    close,
    shutDown({ grace } = {}) {
      server.close()
      return shutDown(clock, client, grace)
    },
    [Symbol.asyncDispose]: close,
  }
}
