import { systemClock } from '../clock.ts'
import { createPool, type Pool, type PoolOptions } from './pool.ts'
import type { AppSource } from './factory.ts'
import { shutDown, type ShutDownOptions } from './shut-down.ts'
import type { Target } from './target.ts'

export interface ServeOptions extends PoolOptions {
  /** Loaded on every node, in this order. */
  readonly apps: readonly AppSource[]
}

/** Apps that serve the calls of several switches. */
export interface Service extends Pool {
  /**
   * Ends it without cutting anybody off: no more calls for the apps, up to `grace` ms for those that they have; then the
   * rest of those is hung up, nobody else's, and the connections are closed. Resolves with how many calls were hung up.
   */
  shutDown(options?: ShutDownOptions): Promise<number>
}

/**
 * Serves the calls of these switches with apps; a call whose app fails is hung up (see the option `onFailure`); resolves when they are loaded on all that are there (see the option
 * `atStart`). Rejects as `connect` does, with nothing left open. A switch that is lost later is looked for (see the option
 * `reconnect`, which is true here).
 */
export const serve = async (hosts: readonly Target[], options: ServeOptions): Promise<Service> => {
  const pool = await createPool(hosts, options, 'hangup')
  const clock = pool.clients[0]?.clock ?? systemClock
  // Added to the pool itself: a copy would read its getters once, for good.
  return Object.assign(pool, {
    shutDown: ({ grace }: ShutDownOptions = {}) => shutDown(clock, pool, grace),
  })
}
