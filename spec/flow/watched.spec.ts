import { describe, expect, it } from 'vitest'
import { turn } from '../testing/promises.ts'
import { watched } from '../../lib/flow/watched.ts'

/** A promise that has been watched, how to reject it, and what came of it unseen. */
const failing = () => {
  const unseen: unknown[] = []
  let reject: (error: unknown) => void = () => undefined
  const promise = watched(new Promise<string>((_, no) => (reject = no)), (error) => unseen.push(error))
  return { promise, unseen, reject: (error: unknown) => reject(error) }
}

describe('a watched promise', () => {
  it('that rejects unseen is no unhandled rejection, and is told of once', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown): void => void unhandled.push(error)
    process.on('unhandledRejection', note)
    const { unseen, reject } = failing()
    reject('failed')
    await turn()
    await turn()
    process.off('unhandledRejection', note)
    expect([unhandled, unseen]).toEqual([[], ['failed']])
  })

  it('that somebody looks at, in whatever way, is not told of', async () => {
    const ways: ((promise: Promise<string>) => Promise<unknown>)[] = [
      (promise) => promise.then(undefined, () => 'seen'),
      (promise) => promise.catch(() => 'seen'),
      (promise) => promise.finally(() => undefined).catch(() => 'seen'),
      async (promise) => {
        try {
          return await promise
        } catch {
          return 'seen'
        }
      },
      (promise) => Promise.all([promise]).catch(() => 'seen'),
      (promise) => Promise.race([promise]).catch(() => 'seen'),
      (promise) => Promise.allSettled([promise]).then(() => 'seen'),
      (promise) => (async () => promise)().catch(() => 'seen'),
    ]
    for (const look of ways) {
      const { promise, unseen, reject } = failing()
      const result = look(promise)
      await turn()
      reject('failed')
      expect(await result).toBe('seen')
      await turn()
      expect(unseen).toEqual([])
    }
  })

  it('still rejects for whoever looks at it late', async () => {
    const { promise, unseen, reject } = failing()
    reject('failed')
    await turn()
    await expect(promise).rejects.toBe('failed')
    expect(unseen).toEqual(['failed'])
  })

  it('is a promise like any other where it fulfils', async () => {
    const promise = watched(Promise.resolve(1), () => undefined)
    expect(promise).toBeInstanceOf(Promise)
    expect(await promise.then((n) => n + 1)).toBe(2)
    expect(await promise).toBe(1)
  })
})
