import { systemClock, type Clock } from '../clock.ts'

/**
 * Streams are async iterables, operators functions from one stream to another: ix's shape, so that both mix freely. What
 * is here is what ix 7 leaks in: whatever ends early calls `return()` on its sources, and leaves no timer.
 */
export type Operator<T, R> = (source: AsyncIterable<T>) => AsyncIterable<R>

/** Where a stream says which clock its items come by. */
export const CLOCK = Symbol('clock')

/** A stream that knows which clock its items come by, as a session's does. */
interface Timed {
  [CLOCK]?: Clock
}

/** Marks a stream with its clock; `pipe` hands the mark on from stream to stream. */
export const onClock = <S extends object>(stream: S, clock: Clock | undefined): S => {
  if (clock && !(CLOCK in stream)) Object.defineProperty(stream, CLOCK, { value: clock })
  return stream
}

/** The clock of a stream; the machine's where it does not say. */
export const clockOf = (stream: object): Clock => (stream as Timed)[CLOCK] ?? systemClock

/** Makes a stream out of what makes its iterators. */
export const streamOf = <T>(iterate: () => AsyncIterator<T>): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: iterate,
})

/** Tells a source that nobody wants more of it; why it cannot stop is nobody's business by then. */
export const release = async (iterator: AsyncIterator<unknown>): Promise<void> => {
  try {
    await iterator.return?.()
  } catch {
    // The reader has gone; there is nobody to tell.
  }
}
