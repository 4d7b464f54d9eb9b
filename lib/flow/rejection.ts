import { SwitchixError } from '../errors.ts'

/**
 * Rejections whose error shows the line that awaits it. An error that ends a wait is made where an event or a timer is handled: its
 * stack shows nothing of whose wait it was, and taking a stack when each wait begins costs more than all the rest of the wait.
 * V8 can walk from a promise to the async functions that await it, but only from inside a reaction whose promise they wait for.
 * So the promise adopts another one, in whose reaction the stack is taken: waits that succeed pay nothing.
 */

/** What a promise is made with, and what ends it. */
export interface Settled<T> {
  readonly promise: Promise<T>
  readonly fulfil: (value: T | PromiseLike<T>) => void
  /** For errors that have the caller on their stack. */
  readonly refuse: (error: unknown) => void
}

const ignore = (): void => undefined

const RESOLVED = Promise.resolve()

/** A promise, and what settles it. */
export const openPromise = <T>(): Settled<T> => {
  let fulfil: Settled<T>['fulfil'] = ignore
  let refuse: Settled<T>['refuse'] = ignore
  const promise = new Promise<T>((resolve, reject) => {
    fulfil = resolve
    refuse = reject
  })
  return { promise, fulfil, refuse }
}

/** Makes a rejection nobody's fault where nobody looks, without counting as somebody who looks. */
export const ignoreRejection = (promise: Promise<unknown>): void =>
  void Promise.prototype.then.call(promise, undefined, ignore)

/**
 * Rejects, a few turns of promises later, with the stack of `error` showing who awaits the promise. `before` is called just
 * before and says whether anybody does. Errors that are not ours keep their stacks: they show where they were thrown.
 */
export const rejectTraced = <T>(
  { promise, fulfil }: Settled<T>,
  error: unknown,
  before: () => boolean = () => true,
): void => {
  const late = RESOLVED.then(ignore).then(function trace(): never {
    if (before() && error instanceof SwitchixError) Error.captureStackTrace(error, trace)
    ignoreRejection(promise)
    throw error
  })
  fulfil(late)
}
