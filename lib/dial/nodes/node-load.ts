import PQueue from 'p-queue'
import type { CallSpec } from '../destination/call-options.ts'
import type { Destination } from '../../esl/parties.ts'
import type { Fields } from '../destination/template.ts'
import type { Client } from '../../service/client.ts'
import type { DialNode } from './dial-nodes.ts'

/** What one switch has to carry. */
export interface NodeLoad {
  readonly client: Client
  readonly dest: Destination
  /** The call to place, its fields filled in. */
  readonly callFor: (fields: Fields) => CallSpec
  /** Bounds the originates in flight; those beyond wait for their turn, or are dropped for being late. */
  readonly jobs: PQueue
  launched: number
  answered: number
  failed: number
  /** Launched, or about to be, and not over yet. */
  active: number
  /** Calls that came up after they had been given up, and were hung up. */
  turnedUp: number
  /** Calls that were given up, and may come up yet. */
  unknown: number
  /** Calls whose end was not waited for. */
  left: number
  /** Some call may be up there that is over for us. */
  doubtful: boolean
}

export const createNodeLoad = (
  { client, dest }: DialNode,
  callFor: (fields: Fields) => CallSpec,
  concurrency: number,
): NodeLoad => ({
  client,
  dest,
  callFor,
  jobs: new PQueue({ concurrency }),
  launched: 0,
  answered: 0,
  failed: 0,
  active: 0,
  turnedUp: 0,
  unknown: 0,
  left: 0,
  doubtful: false,
})

/** Why there is no switch for a call. */
export type NoNode = 'limit' | 'nodes'

/** Gives each call the next switch in turn that is connected and has fewer than `limit` calls up. */
export const takeTurns = (nodes: readonly NodeLoad[]): ((limit: number) => NodeLoad | NoNode) => {
  let turn = 0
  return (limit) => {
    let why: NoNode = 'nodes'
    for (let tries = 0; tries < nodes.length; tries++) {
      const node = nodes[turn++ % nodes.length] as NodeLoad
      if (!node.client.connected) continue
      if (node.active < limit) return node
      why = 'limit'
    }
    return why
  }
}
