import type { Client } from './client.ts'

/** Opens all of them, or none: those that did open are closed where one fails. */
export const connectAll = async <T>(
  targets: readonly T[],
  open: (target: T) => Promise<Client>,
): Promise<Client[]> => {
  const results = await Promise.allSettled(targets.map(open))
  const failed = results.find((result) => result.status === 'rejected')
  const clients = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  if (!failed) return clients
  await Promise.all(clients.map((client) => client.close()))
  throw failed.reason
}
