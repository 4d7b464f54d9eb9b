import { AbortedError } from '../errors.ts'
import { rest } from './awake.ts'
import { requireBounds, setBounds, type WaitOptions } from './bounds.ts'
import { nextNumber, refuse, type Waiter } from './hub.ts'
import { markTaken, type Mailbox } from './mailbox.ts'
import { ignoreRejection, openPromise, rejectTraced, type Settled } from './rejection.ts'
import { endingOf } from './scope.ts'

/** What is waited for. */
export interface Wanted<T> {
  readonly matches: (item: T) => boolean
  /** Names it in errors. */
  readonly what: string
  /** Where all matching items share a name: makes long logs quick to search. */
  readonly key?: string | undefined
  /** Only items from this number on. Default: all that the mailbox has. */
  readonly from?: number
  /**
   * False for a wait that only watches: it sees what the mailbox's other waits have taken, and what it finds stays for
   * them. Default true.
   */
  readonly takes?: boolean
  /** True for a wait that ends without a word when it is refused, as a stream does. Default false. */
  readonly ends?: boolean
  /** What it is about, for who has to settle the wait in another way. */
  readonly subject?: unknown
}

/** Searches as short as this are not worth remembering. */
const SHORT_SEARCH = 16

/** The number of the oldest item that matches and was not taken, or -1. */
const find = <T>(box: Mailbox<T>, { matches, key, from, takes = true }: Wanted<T>): number => {
  const { hub } = box
  const known = key === undefined || !takes ? 0 : (box.cursors?.get(key) ?? 0)
  const first = Math.max(takes ? box.start : 0, known, hub.dropped, from ?? box.start)
  const end = nextNumber(hub)
  const gone = takes ? box.taken : undefined
  let number = first
  while (number < end && (gone?.has(number) || !matches(hub.items[number - hub.dropped] as T))) number++
  if (key !== undefined && takes && from === undefined && number - first > SHORT_SEARCH)
    (box.cursors ??= new Map<string, number>()).set(key, number)
  return number < end ? number : -1
}

/** Waits for the next item, without a look at those that are there. */
const enlist = <T>(
  box: Mailbox<T>,
  { matches, what, takes = true, ends = false, subject }: Wanted<T>,
  options: WaitOptions,
  resolve: (item: T) => void,
  reject: (error: Error) => void,
): Waiter<T> => {
  const { hub } = box
  const waiter: Waiter<T> = {
    mailbox: box,
    matches,
    what,
    takes,
    ends,
    subject,
    resolve,
    reject,
    unbind: undefined,
  }
  hub.waiters.push(waiter)
  rest(box)
  if (options.timeout !== undefined || options.signal)
    waiter.unbind = setBounds(hub.clock, what, options, (error) => refuse(waiter, error))
  return waiter
}

/** Why a wait is pointless from the start: its flow, or the wait itself, was aborted. */
export const refusal = <T>(box: Mailbox<T>, what: string, signal?: AbortSignal): Error | undefined => {
  const { scope } = box
  if (scope?.closed) return endingOf(scope.closed, what)
  if (signal?.aborted) return new AbortedError(what, signal.reason)
  if (!scope?.interrupted) return undefined
  const { interrupted } = scope
  scope.interrupted = undefined
  return interrupted
}

/**
 * As `receive`, for whoever wants to take the wait back: calls `resolve` or `reject` once, now or later, and gives the
 * waiter where there is something to wait for.
 */
export const receiveWith = <T>(
  box: Mailbox<T>,
  wanted: Wanted<T>,
  options: WaitOptions,
  resolve: (item: T) => void,
  reject: (error: Error) => void,
): Waiter<T> | undefined => {
  const { hub } = box
  requireBounds(options)
  const error = refusal(box, wanted.what, options.signal)
  const number = error ? -1 : find(box, wanted)
  if (number >= 0) {
    if (wanted.takes ?? true) markTaken(box, number)
    resolve(hub.items[number - hub.dropped] as T)
    return undefined
  }
  const over = error ?? hub.ended?.(wanted.what)
  if (!over) return enlist(box, wanted, options, resolve, reject)
  reject(over)
  return undefined
}

/**
 * A promise whose rejection is nobody's fault where nobody looks: a wait may be begun now and awaited later, and where its
 * session ends in between, that is no reason to end the process, as Node does for rejections that nobody handles in time. It
 * rejects with what `begin` throws, too.
 */
export const handled = <T>(
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> => {
  const settled: Settled<T> = openPromise()
  let begun = false
  let open = true
  const resolve = (value: T): void => {
    open = false
    settled.fulfil(value)
  }
  const fail = (error: unknown): void => {
    if (!open) return
    open = false
    // What fails at once has the caller on its stack.
    if (begun) rejectTraced(settled, error)
    else {
      ignoreRejection(settled.promise)
      settled.refuse(error)
    }
  }
  try {
    begin(resolve, fail)
  } catch (error) {
    fail(error)
  }
  begun = true
  return settled.promise
}

/**
 * The oldest item of the mailbox that matches and was not received yet, or the next one that comes. Items passed over
 * stay for later waits. Rejects with TimeoutError, AbortedError, why the mailbox was closed, or why the hub ended.
 */
export const receive = <T>(box: Mailbox<T>, wanted: Wanted<T>, options: WaitOptions = {}): Promise<T> =>
  handled((resolve, reject) => void receiveWith(box, wanted, options, resolve, reject))
