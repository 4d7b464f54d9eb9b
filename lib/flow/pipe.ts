import { clockOf, onClock, type Operator } from './stream.ts'

/** Runs a stream through operators, ours or ix's, from left to right. */
export function pipe<A>(source: AsyncIterable<A>): AsyncIterable<A>
export function pipe<A, B>(source: AsyncIterable<A>, ab: Operator<A, B>): AsyncIterable<B>
export function pipe<A, B, C>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
): AsyncIterable<C>
export function pipe<A, B, C, D>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
  cd: Operator<C, D>,
): AsyncIterable<D>
export function pipe<A, B, C, D, E>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
  cd: Operator<C, D>,
  de: Operator<D, E>,
): AsyncIterable<E>
export function pipe<A, B, C, D, E, F>(
  source: AsyncIterable<A>,
  ab: Operator<A, B>,
  bc: Operator<B, C>,
  cd: Operator<C, D>,
  de: Operator<D, E>,
  ef: Operator<E, F>,
): AsyncIterable<F>
export function pipe(
  source: AsyncIterable<unknown>,
  ...operators: Operator<unknown, unknown>[]
): AsyncIterable<unknown> {
  const clock = clockOf(source)
  return operators.reduce((stream, operator) => onClock(operator(stream), clock), source)
}
