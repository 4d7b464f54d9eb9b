import { ArgumentError } from '../errors.ts'
import type { Client, StateChange } from '../service/client.ts'
import { listen, type OutboundServer } from '../service/listen.ts'
import { serve, type Service } from '../service/serve.ts'
import type { Target } from '../service/target.ts'
import { EXIT } from './failure.ts'
import { untilInterrupted } from './interrupt.ts'
import { loadAppSource } from './load-app.ts'
import { EMBEDDED } from './nodes.ts'
import type { ServeCommandOptions } from './serve.ts'
import { servedApps, type ServedApps } from './served-apps.ts'
import { say } from './say.ts'

/** What serves, and what has to be closed after it. */
interface Serving {
  readonly parts: readonly (Service | OutboundServer)[]
  readonly clients: readonly Client[]
  close(): Promise<void>
}

const opening = async (hosts: readonly string[]): Promise<{ targets: Target[]; close(): Promise<void> }> => {
  const closers: (() => Promise<void>)[] = []
  const targets: Target[] = []
  const close = async (): Promise<void> => {
    await Promise.all(closers.map((closer) => closer()))
  }
  for (const host of hosts) {
    const { simulate } = host === EMBEDDED ? await import('../sim/simulate.ts') : {}
    const embedded = await simulate?.()
    if (embedded) {
      closers.push(() => embedded.close())
      say(`an embedded switch listens on ${embedded.host}:${embedded.port}, password ${embedded.password}`)
    }
    targets.push(embedded ?? host)
  }
  return { targets, close }
}

const start = async (
  hosts: readonly string[],
  { outbound, password }: ServeCommandOptions,
  apps: ServedApps,
): Promise<Serving> => {
  const { targets, close } = await opening(hosts)
  const parts: (Service | OutboundServer)[] = []
  try {
    const clients: Client[] = []
    if (targets.length > 0) {
      const service = await serve(targets, {
        apps: apps.sources,
        ...(password === undefined ? {} : { password }),
      })
      parts.push(service)
      clients.push(...service.clients)
    }
    if (outbound) {
      const server = await listen(outbound, apps.sources)
      parts.push(server)
      clients.push(server.client)
      say(`listening on ${server.host}:${server.port} for calls that are handed over`)
    }
    return { parts, clients, close }
  } catch (error) {
    for (const part of parts) await part.close()
    await close()
    throw error
  }
}

const tellState = ({ name }: Client, { state, error, found }: StateChange): void => {
  if (state === 'away') say(`${name} is away: ${error?.message ?? ''}; looking for it`)
  else if (state === 'connected' && found) {
    const { kept, lost, found: fresh, restarted } = found
    const how = restarted ? 'is back, started anew' : 'is back'
    say(`${name} ${how}: ${kept} sessions go on, ${lost} are lost, ${fresh} are new`)
  }
}

/** Waits for the first signal, lets the calls run to their end, and gives the exit code. */
const drainOnInterrupt = async ({ parts, clients }: Serving, grace: number): Promise<number> => {
  const { first, interrupt } = untilInterrupted()
  await first
  const calls = clients.reduce((sum, client) => sum + client.countCalls(), 0)
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
  const apps = servedApps(await Promise.all(options.app.map((text) => loadAppSource(text))), options.app)
  const serving = await start(hosts, options, apps)
  try {
    const where = serving.clients.map(({ name }) => name).join(', ')
    for (const { name } of apps.named) say(`${name} is loaded on ${where}`)
    for (const client of serving.clients) client.onState((change) => tellState(client, change))
    const stopWatching = options.watch ? apps.watch(serving.clients) : undefined
    const code = await drainOnInterrupt(serving, options.grace)
    stopWatching?.()
    return code
  } finally {
    await serving.close()
  }
}
