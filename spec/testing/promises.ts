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

/** The rejections that nobody handled while `run` ran: each of them would have ended the process. */
export const unhandledDuring = async (run: () => Promise<void>): Promise<unknown[]> => {
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', note)
  try {
    await run()
    await turn()
    await turn()
  } finally {
    process.off('unhandledRejection', note)
  }
  return unhandled
}
