import type { Fields } from './template.ts'

/** Where the fields of the calls come from: made up for the n-th call (from 0), or drawn one after the other. */
export type FieldSource = ((n: number) => Fields | Promise<Fields>) | AsyncIterable<Fields> | Iterable<Fields>

/** Fields, one call after the other. */
export interface FieldReader {
  /** Those of the first call, which are still to come; undefined where there are none. */
  peek(): Promise<Fields | undefined>
  /** Undefined: there are no more. */
  next(): Promise<Fields | undefined>
  close(): void
}

async function* madeUp(make: (n: number) => Fields | Promise<Fields>): AsyncGenerator<Fields> {
  for (let n = 0; ; n++) yield await make(n)
}

async function* oneByOne(source: AsyncIterable<Fields> | Iterable<Fields>): AsyncGenerator<Fields> {
  yield* source
}

/** Reads fields from wherever they come; several may be asked for at once, and each call gets its own. */
export const readFields = (source: FieldSource): FieldReader => {
  const fields = typeof source === 'function' ? madeUp(source) : oneByOne(source)
  let first: Promise<Fields | undefined> | undefined

  const draw = async (): Promise<Fields | undefined> => {
    const drawn = await fields.next()
    return drawn.done === true ? undefined : drawn.value
  }
  return {
    peek: () => (first ??= draw()),
    next() {
      const peeked = first
      first = undefined
      return peeked ?? draw()
    },
    // A source that waits for its next fields does not hear of it; nobody waits for that.
    close: () => void fields.return(undefined).catch(() => undefined),
  }
}
