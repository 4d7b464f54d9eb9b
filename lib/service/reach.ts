import { ArgumentError } from '../errors.ts'
import type { Client } from './client.ts'
import { connectAll } from './connect-all.ts'
import { openClient, type OpenOptions } from './connect.ts'
import type { Target } from './target.ts'

/** How many of the switches must be there at the start. */
export type AtStart = 'all' | 'any' | 'none'

const AT_START: readonly AtStart[] = ['all', 'any', 'none']

export interface ReachOptions extends Omit<OpenOptions, 'mayBeAway'> {
  /**
   * How many of the switches must be reachable at the start. `any` (the default): one of them is enough, the others are
   * looked for, and take part once they come. `all`: no start without every one of them. `none`: it starts without any.
   * A switch that is there and does not let us in (AUTH_FAILED, ACL_REJECTED) is a mistake to mend, and always an error. Where
   * `reconnect` is false, `all`.
   */
  readonly atStart?: AtStart | undefined
  /** Told of each that could not be reached at the start, and why. Default: prints it on stderr. */
  readonly onMissing?: ((client: Client, error: Error) => void) | undefined
}

const printMissing = ({ name }: Client, error: Error): void => {
  process.stderr.write(`switchix: ${name} is not there, and is looked for: ${error.message}\n`)
}

/** Connects to these switches, to as many as must be. Rejects as `connect` does, with nothing left open. */
export const reachAll = async (
  hosts: readonly Target[],
  { atStart, onMissing = printMissing, reconnect = true, ...options }: ReachOptions,
): Promise<Client[]> => {
  if (hosts.length === 0) throw new ArgumentError('expected at least one switch, got none')
  if (atStart !== undefined && !AT_START.includes(atStart))
    throw new ArgumentError(`expected atStart to be ${AT_START.join(', ')}, got "${atStart as string}"`)
  const needed = reconnect === false ? 'all' : (atStart ?? 'any')
  const mayBeAway = needed !== 'all'
  const clients = await connectAll(hosts, (host) => openClient(host, { ...options, reconnect, mayBeAway }))
  const missing = clients.flatMap((client) =>
    client.state === 'away' && client.lost ? [[client, client.lost] as const] : [],
  )
  const [first] = missing
  if (needed === 'any' && first && missing.length === clients.length) {
    await Promise.all(clients.map((client) => client.close()))
    throw first[1]
  }
  for (const [client, error] of missing) onMissing(client, error)
  return clients
}
