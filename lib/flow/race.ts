import { createOutlet } from './outlet.ts'
import { clockOf, onClock, release, streamOf } from './stream.ts'

const raceNow = <T>(sources: readonly AsyncIterable<T>[]): AsyncIterator<T> => {
  let running = sources.map((source) => source[Symbol.asyncIterator]())
  let winner: AsyncIterator<T> | undefined

  /** The first that gives an item, ends or fails has won; the others are released. */
  const win = (iterator: AsyncIterator<T>): boolean => {
    if (!winner) {
      winner = iterator
      running.filter((each) => each !== iterator).forEach((loser) => void release(loser))
      running = [iterator]
    }
    return winner === iterator
  }

  const pull = (iterator: AsyncIterator<T>): void => {
    iterator.next().then(
      (next) => {
        if (!win(iterator)) return
        if (next.done) outlet.end()
        else outlet.push(next.value)
      },
      (error: unknown) => {
        if (win(iterator)) outlet.fail(error)
      },
    )
  }

  const outlet = createOutlet<T>({
    wanted: () => running.forEach(pull),
    over: () => running.forEach((iterator) => void release(iterator)),
  })
  return outlet.iterator
}

/** The stream that gives its first item first (or ends, or fails, first); the others are released there and then. */
export const race = <T>(...sources: readonly AsyncIterable<T>[]): AsyncIterable<T> =>
  onClock(
    streamOf(() => raceNow(sources)),
    sources[0] && clockOf(sources[0]),
  )
