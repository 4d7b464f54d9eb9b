import { AbortedError, TimeoutError } from '../errors.ts'
import type { TimerHandle } from '../clock.ts'
import { nextNumber, type Hub, type Waiter } from './hub.ts'

/** A reader of a hub. It gives each item once, to the first wait that matches (Erlang's selective receive). */
export interface Mailbox<T> {
  readonly hub: Hub<T>
  /** Items before this number are taken, or before its time. */
  start: number
  taken: Set<number> | undefined
  /** For waits by key: items before this number have none left for that key. */
  cursors: Map<string, number> | undefined
  /** Why it takes no more: its flow was aborted. */
  closed: Error | undefined
  /** Why the next wait is refused; only that one. */
  interrupted: Error | undefined
  /** Whose flow reads it, for whoever ends all of somebody's flows. */
  readonly owner: object | undefined
}

/** Bounds on a wait: milliseconds (rejects with TimeoutError), and a signal (rejects with AbortedError). */
export interface WaitOptions {
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

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
}

/** A mailbox that begins with the item of that number; by default with the next one to come. */
export const openMailbox = <T>(hub: Hub<T>, from = nextNumber(hub), owner?: object): Mailbox<T> => ({
  hub,
  start: from,
  taken: undefined,
  cursors: undefined,
  closed: undefined,
  interrupted: undefined,
  owner,
})

/** The flow behind a mailbox is over: its waits reject with `error`, later ones too. Other mailboxes go on. */
export const closeMailbox = <T>(box: Mailbox<T>, error: Error): void => {
  box.closed ??= error
  for (const waiter of box.hub.waiters.filter((each) => each.mailbox === box)) waiter.reject(error)
}

/** What the hub has dropped needs no note of having been taken. */
const forgetDropped = <T>(box: Mailbox<T>): void => {
  box.start = box.hub.dropped
  for (const number of box.taken ?? []) if (number < box.start) box.taken?.delete(number)
  while (box.taken?.delete(box.start)) box.start++
}

/** Closes the mailboxes of `owner` on which something waits. */
export const closeMailboxesOf = <T>(hub: Hub<T>, owner: object, error: Error): void => {
  const boxes = hub.waiters.map(({ mailbox }) => mailbox).filter((box) => box.owner === owner)
  for (const box of new Set(boxes)) closeMailbox(box, error)
}

/** What a mailbox is waited on for rejects with `error`; where nothing is, the next wait does. Then it goes on. */
export const interrupt = <T>(box: Mailbox<T>, error: Error): void => {
  const waiters = box.hub.waiters.filter((each) => each.mailbox === box)
  if (waiters.length === 0) box.interrupted = error
  for (const waiter of waiters) waiter.reject(error)
}

/** Notes that the item of that number was given to this mailbox. */
export const markTaken = <T>(box: Mailbox<T>, number: number): void => {
  if (box.start < box.hub.dropped) forgetDropped(box)
  if (number !== box.start) {
    box.taken ??= new Set()
    box.taken.add(number)
    return
  }
  box.start++
  while (box.taken?.delete(box.start)) box.start++
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
  { matches, what, takes = true }: Wanted<T>,
  { timeout, signal }: WaitOptions,
  resolve: (item: T) => void,
  reject: (error: Error) => void,
): Waiter<T> => {
  const { hub } = box
  let timer: TimerHandle | undefined
  const leave = (): void => {
    const place = hub.waiters.indexOf(waiter)
    if (place >= 0) hub.waiters.splice(place, 1)
    if (timer) hub.clock.clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  const waiter: Waiter<T> = {
    mailbox: box,
    matches,
    what,
    takes,
    resolve(item) {
      leave()
      resolve(item)
    },
    reject(error) {
      leave()
      reject(error)
    },
  }
  const abort = (): void => waiter.reject(new AbortedError(what, signal?.reason))
  hub.waiters.push(waiter)
  if (timeout !== undefined && timeout !== Infinity)
    timer = hub.clock.setTimeout(() => waiter.reject(new TimeoutError(what, timeout)), timeout)
  signal?.addEventListener('abort', abort)
  return waiter
}

/** Why a wait is pointless from the start: its flow, or the wait itself, was aborted. */
export const refusal = <T>(box: Mailbox<T>, what: string, signal?: AbortSignal): Error | undefined => {
  if (box.closed) return box.closed
  if (signal?.aborted) return new AbortedError(what, signal.reason)
  const { interrupted } = box
  box.interrupted = undefined
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
 * The oldest item of the mailbox that matches and was not received yet, or the next one that comes. Items passed over
 * stay for later waits. Rejects with TimeoutError, AbortedError, why the mailbox was closed, or why the hub ended.
 */
export const receive = <T>(box: Mailbox<T>, wanted: Wanted<T>, options: WaitOptions = {}): Promise<T> =>
  new Promise((resolve, reject) => void receiveWith(box, wanted, options, resolve, reject))
