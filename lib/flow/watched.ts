/**
 * Promises of which it is known whether anybody looks at them. A command that nobody awaits must not become an unhandled
 * rejection, and yet its failure must not vanish.
 */

const observed = new WeakSet<Promise<unknown>>()

/**
 * `await` goes past `then` where a promise's constructor is Promise itself, so it is not; what `then` returns is an
 * ordinary promise again.
 */
const watchedMethods = Object.create(Promise.prototype, {
  constructor: { value: { [Symbol.species]: Promise } },
  then: {
    value(this: Promise<unknown>, ...handlers: [never, never]) {
      observed.add(this)
      return Promise.prototype.then.apply(this, handlers)
    },
  },
}) as object

/** Makes `promise` say nothing when it rejects unseen, but call `unseen` with the error then. */
export const watched = <T>(promise: Promise<T>, unseen: (error: unknown) => void): Promise<T> => {
  void Promise.prototype.then.call(promise, undefined, (error: unknown) => {
    if (!observed.has(promise)) unseen(error)
  })
  return Object.setPrototypeOf(promise, watchedMethods) as Promise<T>
}
