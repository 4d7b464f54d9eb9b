import type { Client } from './client.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { type Target } from './target.ts'
import { appFrom, type AppSource } from './factory.ts'

export interface ServeOptions extends Omit<ConnectOptions, 'apps'> {
  /** Loaded on every node, in this order, under the id `default`. */
  readonly apps: readonly AppSource[]
}

/** Apps that serve the calls of several switches. */
export interface Service extends AsyncDisposable {
  readonly clients: readonly Client[]
  /** Unloads the apps and takes leave of the switches. Calls go on there. */
  close(): Promise<void>
}

/** Opens all of them, or none: those that did open are closed where one fails. */
export const connectAll = async (
  targets: readonly Target[],
  options: (target: Target) => ConnectOptions,
): Promise<Client[]> => {
  const results = await Promise.allSettled(targets.map((target) => connect(target, options(target))))
  const failed = results.find((result) => result.status === 'rejected')
  const clients = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  if (!failed) return clients
  await Promise.all(clients.map((client) => client.close()))
  throw failed.reason
}

/**
 * Serves the calls of these switches with apps; resolves when they are loaded on all of them. Rejects as `connect` does,
 * with nothing left open.
 */
export const serve = async (
  hosts: readonly Target[],
  { apps, ...options }: ServeOptions,
): Promise<Service> => {
  const clients = await connectAll(hosts, () => ({ ...options, apps: apps.map(appFrom) }))
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.close()))
  }
  return { clients, close, [Symbol.asyncDispose]: close }
}
