import type { RowStore } from '../measure/store/row-store.ts'

/** A file of rows that an app has in common on all the nodes that it is loaded on. */
export interface SharedStore<Row> {
  /** Opens it with the first node, and closes it when the last has left. Rejects where it cannot be opened. */
  join(): Promise<{ rows: RowStore<Row> | undefined; leave(): Promise<void> }>
}

export const shareStore = <Row>(open: () => Promise<RowStore<Row>> | undefined): SharedStore<Row> => {
  let opening: Promise<RowStore<Row>> | undefined
  let users = 0

  const leave = async (): Promise<void> => {
    if (--users > 0) return
    const rows = opening
    opening = undefined
    await (await rows)?.close()
  }

  return {
    async join() {
      users++
      opening ??= open()
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
