import type { PlacedCalls } from '../listener/placed-calls.ts'
import type { Client } from './client.ts'

/** The calls that each client has placed. */
const placedBy = new WeakMap<Client, PlacedCalls>()

export const notePlacedCalls = (client: Client, placed: PlacedCalls): void => {
  placedBy.set(client, placed)
}

/**
 * Makes clients know each other's calls: a leg of a call that one of them placed may turn up on the switch of another, which then
 * gives it to the app that the call was placed for.
 */
export const shareCalls = (clients: readonly Client[]): void => {
  const all = clients.flatMap((client) => placedBy.get(client) ?? [])
  for (const each of all) each.share(all)
}
