/** Random choices that are the same again with their seed. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** Below `n`. */
  int(n: number): number
  pick<T>(of: readonly T[]): T
  chance(probability: number): boolean
}

/** mulberry32: quick, and good enough to choose inputs by. */
export const createRandom = (seed: number): Random => {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (n: number): number => Math.floor(next() * n)
  return {
    next,
    int,
    pick<T>(of: readonly T[]): T {
      return of[int(of.length)] as T
    },
    chance: (probability) => next() < probability,
  }
}
