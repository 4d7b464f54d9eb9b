import { onClock } from '../../lib/flow/stream.ts'
import type { Clock } from '../../lib/clock.ts'

/** A stream written by hand, which tells how it is read. */
export interface Source<T> extends AsyncIterable<T> {
  push(value: T): void
  end(): void
  fail(error: Error): void
  /** How many items were asked for, and whether the reader has let go. */
  readonly asked: number
  readonly released: boolean
}

export const createSource = <T>(clock?: Clock): Source<T> => {
  const values: IteratorResult<T, undefined>[] = []
  let failure: Error | undefined
  let pending: { resolve(result: IteratorResult<T, undefined>): void; reject(error: Error): void } | undefined
  let asked = 0
  let released = false
  const done: IteratorReturnResult<undefined> = { done: true, value: undefined }

  const settle = (): void => {
    if (!pending) return
    const { resolve, reject } = pending
    const value = values.shift()
    if (value) resolve(value)
    else if (failure) reject(failure)
    else return
    pending = undefined
  }

  const source: Source<T> = {
    push(value) {
      values.push({ done: false, value })
      settle()
    },
    end() {
      values.push(done)
      settle()
    },
    fail(error) {
      failure = error
      settle()
    },
    get asked() {
      return asked
    },
    get released() {
      return released
    },
    [Symbol.asyncIterator]: () => ({
      next: () => {
        asked++
        return new Promise((resolve, reject) => {
          pending = { resolve, reject }
          settle()
        })
      },
      return() {
        released = true
        pending?.resolve(done)
        pending = undefined
        return Promise.resolve(done)
      },
    }),
  }
  return onClock(source, clock)
}

/** A turn of the event loop: everything that can go on has gone on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
