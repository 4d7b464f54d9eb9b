import { ArgumentError } from '../errors.ts'
import type { Client, StateChange } from '../service/client.ts'
import { isLoopback } from '../link/access-list.ts'
import { appFrom } from '../service/factory.ts'
import { listen, type OutboundServer } from '../service/listen.ts'
import { serve, type Service } from '../service/serve.ts'
import type { Target } from '../service/target.ts'
import type { EmbeddedSwitch } from '../sim/simulate.ts'
import { openEmbedded } from './embedded.ts'
import { EXIT } from './failure.ts'
import { untilInterrupted } from './interrupt.ts'
import { loadAppSource } from './load-app.ts'
import { EMBEDDED } from './nodes.ts'
import { withPassword } from './password.ts'
import type { ServeCommandOptions } from './serve.ts'
import { servedApps, type AppHost, type ServedApps } from './served-apps.ts'
import { say } from './say.ts'

/** What serves, and what has to be closed after it. */
interface Serving {
  readonly parts: readonly (Service | OutboundServer)[]
  readonly hosts: readonly AppHost[]
  readonly clients: readonly Client[]
  close(): Promise<void>
}

const announce = (embedded: EmbeddedSwitch): EmbeddedSwitch => {
  const { host, port } = embedded
  say(`an embedded switch listens on ${host}:${port}; calls that leave it are answered`)
  return embedded
}

const opening = async (
  hosts: readonly string[],
  gateways: ServeCommandOptions['gateway'],
): Promise<{ targets: Target[]; close(): Promise<void> }> => {
  const closers: (() => Promise<void>)[] = []
  const targets: Target[] = []
  const close = async (): Promise<void> => {
    await Promise.all(closers.map((closer) => closer()))
  }
  for (const host of hosts) {
    if (host !== EMBEDDED) targets.push(host)
    else {
      const embedded = announce(await openEmbedded(gateways))
      closers.push(() => embedded.close())
      targets.push(embedded)
    }
  }
  return { targets, close }
}

const start = async (
  hosts: readonly string[],
  { outbound, password: given, atStart, only, gateway, onFailure, allow }: ServeCommandOptions,
  apps: ServedApps,
): Promise<Serving> => {
  const { targets, close } = await opening(hosts, gateway)
  const parts: (Service | OutboundServer)[] = []
  const appHosts: AppHost[] = []
  const load = only && { header: only[0], id: only[1] }
  try {
    const clients: Client[] = []
    if (targets.length > 0) {
      const service = await withPassword(given, (password) =>
        serve(targets, {
          apps: apps.sources,
          load,
          onFailure,
          atStart,
          onMissing: ({ name }, error) => say(`${name} is not there, and is looked for: ${error.message}`),
          ...(password === undefined ? {} : { password }),
        }),
      )
      parts.push(service)
      appHosts.push(service)
      clients.push(...service.clients)
    }
    if (outbound) {
      const server = await listen({ ...outbound, load, onFailure, allow }, apps.sources)
      const { client } = server
      parts.push(server)
      appHosts.push({
        get apps() {
          return client.apps
        },
        replace: (loaded, app) => client.replace(loaded, appFrom(app)),
      })
      clients.push(client)
      if (!allow && !isLoopback(server.host))
        say(
          `${server.host}:${server.port} lets in whoever can reach it, and runs the apps for them; see --allow`,
        )
      say(`listening on ${server.host}:${server.port} for calls that are handed over`)
    }
    return { parts, hosts: appHosts, clients, close }
  } catch (error) {
    for (const part of parts) await part.close()
    await close()
    throw error
  }
}

const tellState = ({ name }: Client, { state, error, found }: StateChange): void => {
  if (state === 'away') say(`${name} is away, and is looked for: ${error?.message ?? ''}`)
  else if (state === 'connected' && !found) say(`${name} is there now`)
  else if (found) {
    const { kept, lost, found: fresh, restarted } = found
    const how = restarted ? 'is back, started anew' : 'is back'
    say(`${name} ${how}: ${kept} sessions go on, ${lost} are lost, ${fresh} are new`)
  }
}

/** Waits for the first signal, lets the calls run to their end, and gives the exit code. */
const drainOnInterrupt = async ({ parts, clients }: Serving, grace: number): Promise<number> => {
  const { first, interrupt } = untilInterrupted()
  await first
  const calls = clients.reduce((sum, client) => sum + client.ownCalls.length, 0)
  say(`no more calls; ${calls} are up and get ${grace / 1000} s (once more ends it at once)`)
  const left = await Promise.all(parts.map((part) => part.shutDown({ grace })))
  const hungUp = left.reduce((sum, count) => sum + count, 0)
  say(hungUp === 0 ? 'all calls are over' : `${hungUp} calls were hung up`)
  interrupt.stop()
  return EXIT.ok
}

/** Runs `switchix serve` and gives its exit code. */
export const runServe = async (hosts: readonly string[], options: ServeCommandOptions): Promise<number> => {
  if (hosts.length === 0 && !options.outbound)
    throw new ArgumentError('expected hosts to serve, or --outbound with a port to listen on')
  if (options.allow && !options.outbound)
    throw new ArgumentError('--allow is for connections to --outbound, and there is no --outbound')
  const apps = servedApps(await Promise.all(options.app.map((text) => loadAppSource(text))), options.app)
  const serving = await start(hosts, options, apps)
  try {
    const there = serving.clients.filter(({ connected }) => connected).map(({ name }) => name)
    const where = there.length > 0 ? `on ${there.join(', ')}` : 'on each that comes'
    for (const { name } of apps.named) say(`${name} is loaded ${where}`)
    for (const client of serving.clients) client.onState((change) => tellState(client, change))
    const stopWatching = options.watch ? apps.watch(serving.hosts) : undefined
    const code = await drainOnInterrupt(serving, options.grace)
    stopWatching?.()
    return code
  } finally {
    await serving.close()
  }
}
