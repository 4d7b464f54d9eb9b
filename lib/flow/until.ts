import { onAbort } from './on-abort.ts'
import { createOutlet } from './outlet.ts'
import { release, streamOf, type Operator } from './stream.ts'

/** What ends a stream: a promise, a signal, or the first item (or the end) of another stream. */
export type Notifier = PromiseLike<unknown> | AbortSignal | AsyncIterable<unknown>

/** Listens to a notifier; gives how to stop that. */
const listen = (notifier: Notifier, tell: (error?: { error: unknown }) => void): (() => void) => {
  if (notifier instanceof AbortSignal) {
    if (!notifier.aborted) return onAbort(notifier, tell)
    tell()
    return () => undefined
  }
  const iterator = Symbol.asyncIterator in notifier ? notifier[Symbol.asyncIterator]() : undefined
  const first = iterator ? iterator.next() : (notifier as PromiseLike<unknown>)
  first.then(
    () => tell(),
    (error: unknown) => tell({ error }),
  )
  return () => {
    if (iterator) void release(iterator)
  }
}

const untilNow = <T>(source: AsyncIterable<T>, notifier: Notifier): AsyncIterator<T> => {
  const iterator = source[Symbol.asyncIterator]()
  let stop: (() => void) | undefined

  const outlet = createOutlet<T>({
    wanted: () => {
      stop ??= listen(notifier, (failed) => (failed ? outlet.fail(failed.error) : outlet.end()))
      if (!outlet.open) return
      iterator.next().then(
        (next) => (next.done ? outlet.end() : outlet.push(next.value)),
        (error: unknown) => outlet.fail(error),
      )
    },
    over: () => {
      void release(iterator)
      // The notifier may tell before `listen` has returned.
      queueMicrotask(() => stop?.())
    },
  })
  return outlet.iterator
}

/**
 * Ends the stream when the notifier tells: a promise resolves, a signal aborts, another stream gives its first item. Put
 * it before ix's operators: an ix operator that waits for an item cannot be left until the item has come.
 */
export const until =
  <T>(notifier: Notifier): Operator<T, T> =>
  (source) =>
    streamOf(() => untilNow(source, notifier))
