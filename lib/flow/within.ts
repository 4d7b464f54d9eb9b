import { TimeoutError } from '../errors.ts'
import type { Clock, TimerHandle } from '../clock.ts'
import { createOutlet } from './outlet.ts'
import { requireTime } from './require-time.ts'
import { clockOf, release, streamOf, type Operator } from './stream.ts'

const withinNow = <T>(source: AsyncIterable<T>, ms: number, clock: Clock): AsyncIterator<T> => {
  const iterator = source[Symbol.asyncIterator]()
  let timer: TimerHandle | undefined

  const disarm = (): void => {
    clock.clearTimeout(timer)
    timer = undefined
  }

  const outlet = createOutlet<T>({
    wanted: () => {
      timer ??= clock.setTimeout(() => outlet.fail(new TimeoutError('the next item of a stream', ms)), ms)
      iterator.next().then(
        (next) => {
          disarm()
          if (next.done) outlet.end()
          else outlet.push(next.value)
        },
        (error: unknown) => outlet.fail(error),
      )
    },
    over: () => {
      disarm()
      void release(iterator)
    },
  })
  return outlet.iterator
}

/**
 * Fails with TimeoutError where an item does not come within `ms` milliseconds of being asked for. The time is the
 * stream's own: a session's clock, virtual where that is. Put it before ix's operators: an ix operator that waits for an
 * item cannot be left until the item has come.
 */
export const within = <T>(ms: number): Operator<T, T> => {
  requireTime('the time for an item', ms)
  return (source) => streamOf(() => withinNow(source, ms, clockOf(source)))
}
