import { randomBytes } from 'node:crypto'
import { ArgumentError } from '../errors.ts'
import type { Client } from '../service/client.ts'
import type { ConnectOptions } from '../service/connect.ts'
import type { Target } from '../service/target.ts'
import { appFrom, type AppSource } from '../service/factory.ts'
import { profileAddress } from '../service/profile.ts'
import { connectAll } from '../service/serve.ts'

/** A switch to place calls on: a client that is connected, or something to connect to. */
export type DialTarget = Client | Target

/** A switch, and the destination of the calls that it places. */
export interface DialNode {
  readonly client: Client
  readonly dest: string
}

export interface DialNodes {
  readonly nodes: readonly DialNode[]
  /** The id that the calls carry; undefined where no app takes them. */
  readonly appId: string | undefined
  readonly appName: string
  /** Unloads what was loaded here, and closes what was opened here. */
  close(): Promise<void>
}

export interface DialNodesOptions {
  /** The id of an app that is loaded on every node; or an app, which is loaded for this run alone. */
  readonly app?: string | AppSource | undefined
  /** `user@host:port`. Default: `park@` the address of the profile, so that each switch calls itself. */
  readonly dest?: string | undefined
  readonly profile?: string | undefined
  /** For the nodes that are connected to here. */
  readonly connect?: ConnectOptions | undefined
}

const isClient = (target: DialTarget): target is Client => typeof target === 'object' && 'originate' in target

/** Loads the app under an id that is this run's alone, so that nobody else's calls are hung up with ours. */
const loadForRun = async (
  clients: readonly Client[],
  source: AppSource,
): Promise<{ id: string; name: string }> => {
  const id = `dial-${randomBytes(3).toString('hex')}`
  const loaded = await Promise.all(clients.map((client) => client.load(appFrom(source), { id })))
  return { id, name: loaded[0]?.name ?? '' }
}

/** Connects where that is needed, loads the app, and finds out where the calls go. All of it, or nothing stays. */
export const prepareNodes = async (
  targets: readonly DialTarget[],
  { app, dest, profile = 'external', connect = {} }: DialNodesOptions,
): Promise<DialNodes> => {
  if (targets.length === 0)
    throw new ArgumentError('expected at least one switch to place calls on, got none')
  const opened = await connectAll(
    targets.filter((target): target is Target => !isClient(target)),
    () => connect,
  )
  const next = opened.values()
  const clients = targets.map((target) => (isClient(target) ? target : (next.next().value as Client)))
  let loaded: { id: string; name: string } | undefined
  const close = async (): Promise<void> => {
    const { id } = loaded ?? {}
    if (id !== undefined) await Promise.all(clients.map((client) => client.unload(id)))
    await Promise.all(opened.map((client) => client.close()))
  }
  try {
    const destOf = async (client: Client): Promise<string> =>
      dest ?? `park@${await profileAddress(client, profile)}`
    const nodes = await Promise.all(clients.map(async (client) => ({ client, dest: await destOf(client) })))
    if (app !== undefined && typeof app !== 'string') loaded = await loadForRun(clients, app)
    const appId = typeof app === 'string' ? app : loaded?.id
    const shared = clients[0]?.apps.find(({ id }) => id === appId)
    return { nodes, appId, appName: shared?.name ?? appId ?? '', close }
  } catch (error) {
    await close()
    throw error
  }
}
