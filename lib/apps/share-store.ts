import type { RowStore } from '../measure/store/row-store.ts'
import type { Client } from '../service/client.ts'

/** A file of rows that an app has in common on all the nodes that it is loaded on. */
export interface SharedStore<Row> {
  /** Opens it with the first node, and closes it when the last has left. Rejects where it cannot be opened. */
  join(client: Client): Promise<{ rows: RowStore<Row> | undefined; leave(): Promise<void> }>
}

export const shareStore = <Row>(
  open: (client: Client) => Promise<RowStore<Row>> | undefined,
): SharedStore<Row> => {
  let opening: Promise<RowStore<Row>> | undefined
  let users = 0

  const leave = async (): Promise<void> => {
    if (--users > 0) return
    const rows = opening
    opening = undefined
    await (await rows)?.close()
  }

  return {
    async join(client) {
      users++
      opening ??= open(client)
      try {
        return { rows: await opening, leave }
      } catch (error) {
        users--
        opening = undefined
        throw error
      }
    },
  }
}
