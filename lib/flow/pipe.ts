import { clockOf, onClock, release, streamOf, type Operator } from './stream.ts'

/** The iterators that the operators of a pipe have opened on what is before them. */
type Opened = Set<AsyncIterator<unknown>>

/** The same stream; whoever reads it is noted. Operators of ix hand a signal on by an argument. */
const noting = (source: AsyncIterable<unknown>, opened: Opened): AsyncIterable<unknown> => ({
  [Symbol.asyncIterator](...args: []) {
    const iterator = source[Symbol.asyncIterator](...args)
    opened.add(iterator)
    return iterator
  },
})

/** The end of a pipe: when its last reader has left, or has come to the end, nothing is left open in the pipe. */
const releasing = (stream: AsyncIterable<unknown>, opened: Opened): AsyncIterable<unknown> => {
  let readers = 0
  return streamOf(() => {
    const iterator = stream[Symbol.asyncIterator]()
    let reading = true
    readers++
    const leave = (): void => {
      if (!reading) return
      reading = false
      if (--readers > 0) return
      for (const each of opened) void release(each)
      opened.clear()
    }
    return {
      next: () =>
        iterator.next().then(
          (next) => {
            if (next.done) leave()
            return next
          },
          (error: unknown) => {
            leave()
            throw error
          },
        ),
      return() {
        const returned = iterator.return?.()
        leave()
        return returned ?? Promise.resolve({ done: true, value: undefined })
      },
    }
  })
}

/**
 * Runs a stream through operators, ours or ix's, from left to right. Whatever the operators do, the source is released when the
 * reader leaves early: several of ix's forget to.
 */
export function pipe<A>(source: AsyncIterable<A>): AsyncIterable<A>
export function pipe<A, B>(source: AsyncIterable<A>, ab: Operator<A, B>): AsyncIterable<B>
export function pipe<A, B, C>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
): AsyncIterable<C>
export function pipe<A, B, C, D>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
  cd: Operator<C, D>,
): AsyncIterable<D>
export function pipe<A, B, C, D, E>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
  cd: Operator<C, D>,
  de: Operator<D, E>,
): AsyncIterable<E>
export function pipe<A, B, C, D, E, F>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
  cd: Operator<C, D>,
  de: Operator<D, E>,
  ef: Operator<E, F>,
): AsyncIterable<F>
export function pipe(
  source: AsyncIterable<unknown>,
  ...operators: Operator<unknown, unknown>[]
): AsyncIterable<unknown> {
  const clock = clockOf(source)
  if (operators.length === 0) return source
  const opened: Opened = new Set()
  const stream = operators.reduce(
    (before, operator) => onClock(operator(onClock(noting(before, opened), clock)), clock),
    source,
  )
  return onClock(releasing(stream, opened), clock)
}
