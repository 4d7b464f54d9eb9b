/** The latest of many: what an app keeps of its findings, however long it runs. */
export interface Latest<T> {
  readonly items: readonly T[]
  add(item: T): void
}

export const createLatest = <T>(most = 1000): Latest<T> => {
  const items: T[] = []
  return {
    items,
    add(item) {
      items.push(item)
      if (items.length > most) items.shift()
    },
  }
}
