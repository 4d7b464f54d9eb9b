import debug from 'debug'
import { systemClock, type Clock } from '../clock.ts'
import type { EventName } from '../esl/event-names.ts'
import { AbortedError, HangupError } from '../errors.ts'
import { openLink } from '../link/inbound.ts'
import { tcp } from '../link/tcp.ts'
import { createListener, type Listener } from '../listener/listener.ts'
import type { Report } from '../listener/tasks.ts'
import type { Node } from '../model/node.ts'
import type { Client, ClientApp } from './client.ts'
import { listApplications } from './applications.ts'
import { createClient } from './create-client.ts'
import { parseTarget, type Target } from './target.ts'
import { createIds } from './ids.ts'
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
  /** Headers by which sessions are put together into calls, the first that an event has. */
  readonly trackingHeaders?: readonly string[] | undefined
  /** Told of every app function that failed. Default: prints it on stderr. */
  readonly onAppError?: Report | undefined
  readonly clock?: Clock | undefined
}

const print: Report = ({ app, id, event, session, error }) => {
  const where = session === undefined ? '' : ` on session ${session}`
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`switchix: app ${app} (id ${id}) failed in ${event}${where}: ${what}\n`)
}

/**
 * Connects to a FreeSWITCH and gives its client. Rejects with ConnectError (UNREACHABLE, AUTH_FAILED, ACL_REJECTED),
 * AppLoadError, or ArgumentError for what is no address.
 */
export const connect = async (target: Target, options: ConnectOptions = {}): Promise<Client> => {
  const address = parseTarget(target)
  const clock = options.clock ?? address.clock ?? systemClock
  const open = address.connect ?? tcp(address.host, address.port, options.connectTimeout ?? 10_000)
  let lost: Error | undefined
  let applications: ReadonlySet<string> | undefined

  const node: Node = {
    name: `${address.host}:${address.port}`,
    clock,
    get commands() {
      return link
    },
    get applications() {
      return applications
    },
    newId: createIds(),
    want: (names) => subscriptions.want(names),
    hasAskedFor: (name) => subscriptions.has(name),
    unseen(what, error) {
      // The end of a session is no failure of what was asked of it, nor is what was aborted on purpose.
      if (error instanceof HangupError || error instanceof AbortedError) return
      listener.counts.unseenFailures++
      log('%s failed, and nobody awaited it: %O', what, error)
    },
  }
  const listener: Listener = createListener(node, options.onAppError ?? print, options.trackingHeaders)

  const link = await openLink(
    open,
    {
      event: (event) => listener.dispatch(event),
      closed(error) {
        lost = error
        listener.lost((what) => error ?? new AbortedError(what, 'the client was closed'))
      },
    },
    { ...options, password: options.password ?? address.password, clock },
  )
  const subscriptions = createSubscriptions(link)
  const client = createClient({ node, link, listener, subscriptions, lost: () => lost })
  try {
    await subscriptions.add([...BASE_EVENTS, ...(options.subscribe ?? [])])
    applications = await listApplications(link)
    for (const app of options.apps ?? []) await client.load(app)
  } catch (error) {
    await client.close()
    throw error
  }
  return client
}
