/** Reads a stream to its end. */
const drain = async (stream: AsyncIterable<unknown>): Promise<void> => {
  const iterator = stream[Symbol.asyncIterator]()
  while (!(await iterator.next()).done);
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** What goes on after a function has returned: its promise, or the reading of the stream that it returned. */
export const runningOf = (result: unknown): Promise<unknown> | undefined => {
  if (result instanceof Promise) return result
  return isStream(result) ? drain(result) : undefined
}
