/**
 * Promises of which it is known whether anybody looks at them. A command that nobody awaits must not become an unhandled
 * rejection, and yet its failure must not vanish.
 */
import { openPromise, rejectTraced, type Settled } from './rejection.ts'

/** Set on those that somebody looks at. Not a WeakSet, which the garbage collector goes through each time. */
const OBSERVED = Symbol('observed')

type Watched = Promise<unknown> & { [OBSERVED]?: boolean }

/** Whether somebody has looked at a promise of `watchedBy`. */
export const isObserved = (promise: Promise<unknown>): boolean => (promise as Watched)[OBSERVED] ?? false

/**
 * Both `await` and `then` look at a promise's constructor first. It is Promise itself, so that `await` takes the promise as it is:
 * V8 then finds the function that awaits it (see rejection.ts).
 */
const watchedMethods = Object.create(Promise.prototype, {
  constructor: {
    get(this: Watched) {
      this[OBSERVED] = true
      return Promise
    },
  },
}) as object

/**
 * A promise that `begin` settles, now or later; it rejects with what `begin` throws, too. When it rejects unseen it says nothing,
 * but calls `unseen` with the error.
 */
export const watchedBy = <T>(
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  unseen: (error: unknown) => void,
): Promise<T> => {
  const settled: Settled<T> = openPromise()
  const promise = Object.setPrototypeOf(settled.promise, watchedMethods) as Promise<T>
  const look = (error: unknown): boolean => {
    const seen = (promise as Watched)[OBSERVED] ?? false
    if (!seen) unseen(error)
    return seen
  }
  let begun = false
  let open = true
  const resolve = (value: T): void => {
    open = false
    settled.fulfil(value)
  }
  const fail = (error: unknown): void => {
    if (!open) return
    open = false
    // What fails at once has the caller on its stack.
    if (begun) rejectTraced(settled, error, () => look(error))
    else {
      settled.refuse(error)
      void Promise.prototype.then.call(promise, undefined, look)
    }
  }
  try {
    begin(resolve, fail)
  } catch (error) {
    fail(error)
  }
  begun = true
  return promise
}

/** Makes `promise` say nothing when it rejects unseen, but call `unseen` with the error then. */
export const watched = <T>(promise: Promise<T>, unseen: (error: unknown) => void): Promise<T> =>
  watchedBy((resolve, reject) => void promise.then(resolve, reject), unseen)
