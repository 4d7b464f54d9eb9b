/** Some of many things, from the first to the last of them. */
export interface Spread<T> {
  /** `make` is called for those that are taken. */
  add(make: () => T): void
  readonly items: readonly T[]
}

/** Takes each; once there are too many, every other of them, and so on: never more than `most`. */
export const createSpread = <T>(most: number): Spread<T> => {
  let items: T[] = []
  let [step, seen] = [1, 0]
  return {
    add(make) {
      if (seen++ % step !== 0) return
      items.push(make())
      if (items.length <= most) return
      items = items.filter((_, i) => i % 2 === 0)
      step *= 2
    },
    get items() {
      return items
    },
  }
}
