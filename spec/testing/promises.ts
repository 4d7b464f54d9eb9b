/** One turn of the event loop: every promise that can go on has gone on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A promise whose rejection is looked at later. */
export const kept = <P extends Promise<unknown>>(promise: P): P => {
  promise.catch(() => undefined)
  return promise
}

/** What a promise has come to by now: `pending`, its value, or its error. */
export const stateOf = async (promise: Promise<unknown>): Promise<unknown> =>
  Promise.race([promise.catch((error: unknown) => error), turn().then(() => 'pending')])

/** What a promise comes to: its value, or its error. */
export const outcomeOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => error)
