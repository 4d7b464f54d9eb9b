import type { DialApps } from '../apps.ts'
import type { DialNode } from './dial-nodes.ts'

export interface HangUpOptions {
  readonly nodes: readonly DialNode[]
  readonly apps: DialApps
  readonly mark: readonly [name: string, value: string]
}

/** A switch that is lost cannot be told; its calls count as over. */
const connected = (nodes: readonly DialNode[]): DialNode['client'][] =>
  nodes.map(({ client }) => client).filter((client) => client.connected)

/** Hangs up the calls of one run, those still ringing too: by its own app's id, or by the mark that they carry. */
export const hangUpRun = async ({ nodes, apps, mark }: HangUpOptions): Promise<void> => {
  const own = apps.all.filter((app) => app.own)
  const marked = own.length < apps.all.length
  await Promise.all(
    connected(nodes).flatMap((client) => [
      ...own.map(({ id = '' }) => client.hupall({ app: id })),
      ...(marked ? [client.api(`hupall NORMAL_CLEARING ${mark.join(' ')}`)] : []),
    ]),
  )
}

/** Hangs up every call of the switches. */
export const hangUpAll = async ({ nodes }: HangUpOptions): Promise<void> => {
  await Promise.all(connected(nodes).map((client) => client.api('hupall')))
}
