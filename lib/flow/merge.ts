import { createOutlet } from './outlet.ts'
import { clockOf, onClock, release, streamOf } from './stream.ts'

const mergeNow = <T>(sources: readonly AsyncIterable<T>[]): AsyncIterator<T> => {
  const idle = sources.map((source) => source[Symbol.asyncIterator]())
  const all = [...idle]
  let live = all.length

  const pull = (iterator: AsyncIterator<T>): void => {
    iterator.next().then(
      (next) => {
        if (!next.done) {
          idle.push(iterator)
          outlet.push(next.value)
        } else if (--live === 0) outlet.end()
      },
      (error: unknown) => outlet.fail(error),
    )
  }

  const outlet = createOutlet<T>({
    wanted: () => {
      for (const iterator of idle.splice(0)) pull(iterator)
      if (live === 0) outlet.end()
    },
    over: () => all.forEach((iterator) => void release(iterator)),
  })
  return outlet.iterator
}

/**
 * The items of several streams as they come; ends when all have ended. A reader that leaves early, or a source that
 * fails, releases all of them. What a source had given by then, and the reader had not taken, is gone.
 */
export const merge = <T>(...sources: readonly AsyncIterable<T>[]): AsyncIterable<T> =>
  onClock(
    streamOf(() => mergeNow(sources)),
    sources[0] && clockOf(sources[0]),
  )
