/**
 * Calls a function that is not ours, for what it does: `failed` gets what it throws, or what the promise that it returns rejects with.
 * It can stop nothing, and end no process.
 */
export const callGuarded = (fn: () => unknown, failed: (error: unknown) => void): void => {
  try {
    const result = fn()
    if (result instanceof Promise) result.catch(failed)
  } catch (error) {
    failed(error)
  }
}
