/** Things by the time that they happened at, in buckets that are as wide as they have to be. */
export interface TimeBuckets<B> {
  /** The bucket of that time (ms since the epoch); undefined for what is no time. */
  at(ms: number | undefined): B | undefined
  /** How wide a bucket is, in ms. */
  readonly widthMs: number
  /** The beginning of each bucket that has something in it, in ms since the epoch, in their order. */
  readonly entries: readonly (readonly [startMs: number, bucket: B])[]
}

export interface TimeBucketsOptions<B> {
  readonly create: () => B
  /** Puts what the second has into the first. */
  readonly merge: (into: B, from: B) => void
  /** Buckets from the first to the last at the most; from there on two become one. Default 480. */
  readonly most?: number
}

/** The width of a bucket to begin with, in ms. */
const FINEST = 100

/** Nobody needs to know beforehand when a run was, or how long: it takes things in any order, and little memory. */
export const createTimeBuckets = <B>({
  create,
  merge,
  most = 480,
}: TimeBucketsOptions<B>): TimeBuckets<B> => {
  let width = FINEST
  let buckets = new Map<number, B>()
  let [first, last] = [Infinity, -Infinity]

  const coarsen = (): void => {
    width *= 2
    const before = [...buckets]
    buckets = new Map()
    for (const [index, bucket] of before) {
      const half = Math.floor(index / 2)
      const there = buckets.get(half)
      if (there === undefined) buckets.set(half, bucket)
      else merge(there, bucket)
    }
    first = Math.floor(first / 2)
    last = Math.floor(last / 2)
  }

  return {
    at(ms) {
      if (ms === undefined || !Number.isFinite(ms)) return undefined
      first = Math.min(first, Math.floor(ms / width))
      last = Math.max(last, Math.floor(ms / width))
      while (last - first >= most) coarsen()
      const index = Math.floor(ms / width)
      let bucket = buckets.get(index)
      if (bucket === undefined) buckets.set(index, (bucket = create()))
      return bucket
    },
    get widthMs() {
      return width
    },
    get entries() {
      return [...buckets].sort(([a], [b]) => a - b).map(([index, bucket]) => [index * width, bucket] as const)
    },
  }
}
