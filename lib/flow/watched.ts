/**
 * Promises of which it is known whether anybody looks at them. A command that nobody awaits must not become an unhandled
 * rejection, and yet its failure must not vanish.
 */

/** Set on those that somebody looks at. Not a WeakSet, which the garbage collector goes through each time. */
const OBSERVED = Symbol('observed')

type Watched = Promise<unknown> & { [OBSERVED]?: boolean }

/**
 * `await` goes past `then` where a promise's constructor is Promise itself, so it is not; what `then` returns is an
 * ordinary promise again.
 */
const watchedMethods = Object.create(Promise.prototype, {
  constructor: { value: { [Symbol.species]: Promise } },
  then: {
    value(this: Watched, ...handlers: [never, never]) {
      this[OBSERVED] = true
      return Promise.prototype.then.apply(this, handlers)
    },
  },
}) as object

/** Makes `promise` say nothing when it rejects unseen, but call `unseen` with the error then. */
export const watched = <T>(promise: Promise<T>, unseen: (error: unknown) => void): Promise<T> => {
  void Promise.prototype.then.call(promise, undefined, (error: unknown) => {
    if (!(promise as Watched)[OBSERVED]) unseen(error)
  })
  return Object.setPrototypeOf(promise, watchedMethods) as Promise<T>
}
