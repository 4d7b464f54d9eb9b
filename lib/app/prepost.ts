import type { Prepost } from './app.ts'

/** What is left to do when an app is unloaded. */
export type TearDown = () => Promise<void>

const isGenerator = (value: unknown): value is Prepost =>
  typeof value === 'object' && value !== null && 'next' in value && typeof value.next === 'function'

/**
 * Runs the set-up of a prepost: a plain function (sync or async), or a generator up to its one `yield`. Gives the
 * tear-down, which runs at most once. Throws what the set-up throws, and where a generator did not yield.
 */
export const setUp = async (prepost: () => unknown): Promise<TearDown> => {
  const result = prepost()
  if (!isGenerator(result)) {
    await result
    return () => Promise.resolve()
  }
  const first = await result.next()
  if (first.done)
    throw new Error('its prepost did not yield: expected exactly one yield, between set-up and tear-down')
  let over: Promise<void> | undefined
  const finish = async (): Promise<void> => {
    const second = await result.next()
    if (second.done) return
    await result.return(undefined)
    throw new Error('its prepost yielded twice: expected exactly one yield, between set-up and tear-down')
  }
  return () => (over ??= finish())
}
