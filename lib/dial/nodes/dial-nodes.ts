import { ArgumentError } from '../../errors.ts'
import { mapTexts, type Destination } from '../../esl/parties.ts'
import type { Client } from '../../service/client.ts'
import { childSeed } from '../../seed.ts'
import { connect as connectTo, type ConnectOptions } from '../../service/connect.ts'
import { profileAddress } from '../../service/profile.ts'
import { connectAll } from '../../service/connect-all.ts'
import type { Target } from '../../service/target.ts'

/** A switch to place calls on: a client that is connected, or something to connect to. */
export type DialTarget = Client | Target

/** A switch, and the destination of the calls that it places; braces in it stand for fields of each call. */
export interface DialNode {
  readonly client: Client
  readonly dest: Destination
  /** `host:port` of the SIP profile, where it had to be asked for. */
  readonly profile: string | undefined
}

export interface DialNodes {
  readonly nodes: readonly DialNode[]
  /** Closes what was opened here. */
  close(): Promise<void>
}

export interface DialNodesOptions {
  /**
   * `user@host:port`, one or several parties, or either with fields in its texts: `{user}@{host}`; or a `dialString(…)`, which no
   * field gets into. `{profile}` is the address of the switch's own profile. Default: `park@{profile}`, so that each switch calls
   * itself.
   */
  readonly dest?: Destination | undefined
  readonly profile?: string | undefined
  /** For the nodes that are connected to here. */
  readonly connect?: ConnectOptions | undefined
}

const isClient = (target: DialTarget): target is Client => typeof target === 'object' && 'originate' in target

const hasText = (dest: Destination, part: string): boolean => {
  let found = false
  mapTexts(dest, (text) => {
    found ||= text.includes(part)
    return text
  })
  return found
}

/** In virtual time the ids of a client come from the run's seed, another one for each. */
const seeded = (target: Target, connect: ConnectOptions, seed: number): ConnectOptions => {
  const clock = connect.clock ?? (typeof target === 'string' ? undefined : target.clock)
  return clock?.virtual === true ? { seed, ...connect } : connect
}

/** Connects where that is needed, and finds out where the calls go. All of it, or nothing stays. */
export const openNodes = async (
  targets: readonly DialTarget[],
  { dest = 'park@{profile}', profile = 'external', connect = {} }: DialNodesOptions,
  seed: number,
): Promise<DialNodes> => {
  if (targets.length === 0)
    throw new ArgumentError('expected at least one switch to place calls on, got none')
  const closed = targets.filter((target): target is Target => !isClient(target))
  const opened = await connectAll(closed, (target) =>
    connectTo(target, seeded(target, connect, childSeed(seed, `client ${closed.indexOf(target)}`))),
  )
  const next = opened.values()
  const clients = targets.map((target) => (isClient(target) ? target : (next.next().value as Client)))
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((client) => client.close()))
  }
  const nodeOf = async (client: Client): Promise<DialNode> => {
    if (!hasText(dest, '{profile}')) return { client, dest, profile: undefined }
    const address = await profileAddress(client, profile)
    const own = mapTexts(dest, (text) => text.replaceAll('{profile}', address))
    return { client, dest: own, profile: address }
  }
  try {
    return { nodes: await Promise.all(clients.map(nodeOf)), close }
  } catch (error) {
    await close()
    throw error
  }
}
