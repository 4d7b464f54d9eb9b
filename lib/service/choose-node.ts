import type { Client } from './client.ts'

/** How the node for the next call is chosen, among those that are connected and below their limit. */
export type NodeChoice = 'round-robin' | 'least-loaded'

export interface ChooserOptions {
  /** Default `round-robin`. */
  readonly choose?: NodeChoice | undefined
  /** The most calls on one node; or what gives it for a node. Default: none. */
  readonly limit?: number | ((node: Client) => number) | undefined
}

export interface Chooser {
  /** The node for the next call; undefined where none is connected and below its limit. */
  next(): Client | undefined
  /** Notes a call that is placed on that node, and counts until `placed` settles, or its sessions do. */
  note(client: Client, placed: Promise<unknown>): void
}

/** Chooses among the nodes that are there. The load of a node is its calls, and those that were placed and have no session yet. */
export const createChooser = (
  clients: readonly Client[],
  isThere: (client: Client) => boolean,
  { choose = 'round-robin', limit = Infinity }: ChooserOptions,
): Chooser => {
  const placing = new Map<Client, Set<object>>(clients.map((client) => [client, new Set()]))
  let turn = 0

  const load = (client: Client): number => {
    const unseen = [...(placing.get(client) ?? [])].filter(
      (job) => (job as { session?: unknown }).session === undefined,
    )
    return client.countCalls() + unseen.length
  }
  const limitOf = (client: Client): number => (typeof limit === 'number' ? limit : limit(client))
  const isFree = (client: Client): boolean => isThere(client) && load(client) < limitOf(client)

  /** The next in turn that is free, so that one which is passed over does not give its turns to its neighbour. */
  const inTurn = (): Client | undefined => {
    for (let i = 0; i < clients.length; i++) {
      const client = clients[(turn + i) % clients.length]
      if (!client || !isFree(client)) continue
      turn = (turn + i + 1) % clients.length
      return client
    }
    return undefined
  }

  /** Among equals the next in turn. */
  const leastLoaded = (): Client | undefined => {
    const free = clients.filter(isFree)
    const least = Math.min(...free.map(load))
    const from = turn++
    const order = clients.map((_, i) => clients[(from + i) % clients.length])
    return order.find((client) => client && free.includes(client) && load(client) === least)
  }

  return {
    next: choose === 'least-loaded' ? leastLoaded : inTurn,
    note(client, placed) {
      const jobs = placing.get(client)
      jobs?.add(placed)
      const over = (): void => void jobs?.delete(placed)
      placed.then(over, over)
    },
  }
}
