/** The end of a stream that is written to, while somebody else reads. */
export interface Outlet<T> {
  readonly iterator: AsyncIterator<T, undefined>
  /** False once it has ended, or the reader has left. */
  readonly open: boolean
  push(value: T): void
  /** No more comes; what was pushed is still read. */
  end(): void
  /** As `end`, and then the reader gets the error. */
  fail(error: unknown): void
}

interface Source {
  /** The reader waits for an item, and there is none. */
  readonly wanted: () => void
  /** The reader has left, or the stream has ended or failed: called once. */
  readonly over: () => void
}

interface Request<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void
  readonly reject: (error: unknown) => void
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * An iterator over what is pushed. Unlike a generator it can be left while a `next` is pending, which then says that the
 * stream is done: nothing hangs, and nothing is fetched that nobody asked for.
 */
export const createOutlet = <T>({ wanted, over }: Source): Outlet<T> => {
  const values: T[] = []
  const requests: Request<T>[] = []
  let ended = false
  let failure: { error: unknown } | undefined

  const finish = (): void => {
    if (ended) return
    ended = true
    over()
  }

  const settle = (): void => {
    while (requests.length > 0 && (values.length > 0 || ended)) {
      const { resolve, reject } = requests.shift() as Request<T>
      if (values.length > 0) resolve({ done: false, value: values.shift() as T })
      else if (failure) {
        const { error } = failure
        failure = undefined
        reject(error)
      } else resolve(DONE)
    }
  }

  return {
    iterator: {
      next: () =>
        new Promise((resolve, reject) => {
          requests.push({ resolve, reject })
          settle()
          if (requests.length > 0) wanted()
        }),
      return() {
        values.length = 0
        failure = undefined
        finish()
        settle()
        return Promise.resolve(DONE)
      },
    },
    get open() {
      return !ended
    },
    push(value) {
      if (ended) return
      values.push(value)
      settle()
    },
    end() {
      finish()
      settle()
    },
    fail(error) {
      if (ended) return
      failure = { error }
      finish()
      settle()
    },
  }
}
