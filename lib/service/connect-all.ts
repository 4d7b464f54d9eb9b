import type { Client } from './client.ts'
import { connect, type ConnectOptions } from './connect.ts'
import type { Target } from './target.ts'

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
