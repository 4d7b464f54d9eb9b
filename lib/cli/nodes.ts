import { closeAll } from '../flow/close-all.ts'
import type { Client } from '../service/client.ts'
import { connect, type ConnectOptions } from '../service/connect.ts'

/** The switches that a command works with. */
export interface Nodes {
  readonly clients: readonly Client[]
  /** Takes leave of all of them, and ends the embedded ones. */
  close(): Promise<void>
}

/** The word for the embedded switch in place of a host. */
export const EMBEDDED = 'sim'

/** Connects to each host; `sim`, or no host at all, starts an embedded switch. Nothing stays open where one fails. */
export const openNodes = async (
  hosts: readonly string[],
  options: Pick<ConnectOptions, 'password' | 'reconnect'>,
): Promise<Nodes> => {
  const clients: Client[] = []
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    await closeAll(closers.splice(0).reverse())
  }

  const open = async (host: string): Promise<void> => {
    const { simulate } = host === EMBEDDED ? await import('../sim/simulate.ts') : {}
    const embedded = await simulate?.()
    if (embedded) closers.push(() => embedded.close())
    const client = await connect(embedded ?? host, embedded ? {} : options)
    closers.push(() => client.close())
    clients.push(client)
  }

  try {
    for (const host of hosts.length === 0 ? [EMBEDDED] : hosts) await open(host)
  } catch (error) {
    await close()
    throw error
  }
  return { clients, close }
}
