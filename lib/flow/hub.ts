import type { Clock } from '../clock.ts'
import { wake } from './awake.ts'
import { markTaken, type Mailbox } from './mailbox.ts'

/**
 * A log of items that any number of mailboxes read, each at its own pace: what a session's events are kept in. Records
 * and free functions, for there is a hub for every session and a mailbox for every flow.
 */
export interface Hub<T> {
  readonly clock: Clock
  /** The items, oldest first; `dropped` older ones are gone. */
  items: T[]
  dropped: number
  waiters: Waiter<T>[]
  /** Once no more items come: the reason for a wait that cannot succeed any more. */
  ended: ((what: string) => Error) | undefined
  /** Told of that, beside the waiters. */
  onEnd: ((reason: (what: string) => Error) => void)[] | undefined
}

/** Somebody who waits for the next item that matches. */
export interface Waiter<T> {
  readonly mailbox: Mailbox<T>
  readonly matches: (item: T) => boolean
  readonly what: string
  readonly takes: boolean
  /** Where it only ends when it is refused, and does not say why. */
  readonly ends: boolean
  /** What is waited for, in the words of whoever waits. */
  readonly subject: unknown
  /** One of these is called, once: by `fulfil` or `refuse`. */
  readonly resolve: (item: T) => void
  readonly reject: (error: Error) => void
  /** Takes its bounds away. */
  unbind: (() => void) | undefined
}

/** A log longer than this loses its older half: only a session that lives for days with an endless flow gets there. */
export const LONGEST_LOG = 10_000

export const createHub = <T>(clock: Clock): Hub<T> => ({
  clock,
  items: [],
  dropped: 0,
  waiters: [],
  ended: undefined,
  onEnd: undefined,
})

/** The number that the next item will have. Items are counted from the hub's first ever. */
export const nextNumber = <T>(hub: Hub<T>): number => hub.dropped + hub.items.length

const leave = <T>(waiter: Waiter<T>): void => {
  const { waiters } = waiter.mailbox.hub
  if (waiters.length === 1 && waiters[0] === waiter) waiters.pop()
  else {
    const place = waiters.indexOf(waiter)
    if (place >= 0) waiters.splice(place, 1)
  }
  waiter.unbind?.()
  wake(waiter.mailbox)
}

/** Ends a wait with what was waited for. */
export const fulfil = <T>(waiter: Waiter<T>, item: T): void => {
  leave(waiter)
  waiter.resolve(item)
}

/** Ends a wait with an error. */
export const refuse = <T>(waiter: Waiter<T>, error: Error): void => {
  leave(waiter)
  waiter.reject(error)
}

/** A test that throws is the failure of that wait alone. */
const passes = <T>(waiter: Waiter<T>, item: T): boolean => {
  try {
    return waiter.matches(item)
  } catch (error) {
    refuse(waiter, error as Error)
    return false
  }
}

/** Who gets an item: everybody it matches, but of one mailbox only the wait that was set up first. */
const whoGets = <T>(hub: Hub<T>, item: T): Waiter<T>[] => {
  const woken: Waiter<T>[] = []
  for (const waiter of [...hub.waiters]) {
    const second = waiter.takes && woken.some((other) => other.takes && other.mailbox === waiter.mailbox)
    if (!second && passes(waiter, item)) woken.push(waiter)
  }
  return woken
}

const give = <T>(waiter: Waiter<T>, item: T, number: number): true => {
  if (waiter.takes) markTaken(waiter.mailbox, number)
  fulfil(waiter, item)
  return true
}

/** Adds an item and gives it to whoever waits for it; says whether anybody did. */
export const publish = <T>(hub: Hub<T>, item: T): boolean => {
  const number = nextNumber(hub)
  hub.items.push(item)
  if (hub.items.length > LONGEST_LOG) {
    hub.items = hub.items.slice(LONGEST_LOG / 2)
    hub.dropped += LONGEST_LOG / 2
  }
  const { waiters } = hub
  if (waiters.length === 0) return false
  // One flow that waits is what most sessions have: nobody to choose between.
  const only = waiters.length === 1 ? waiters[0] : undefined
  if (only) return passes(only, item) && give(only, item, number)
  const woken = whoGets(hub, item)
  for (const waiter of woken) give(waiter, item, number)
  return woken.length > 0
}

/**
 * What ends a wait is an event: the stack of its error would show nothing but how events are handed over, and takes longer
 * to find than all the rest of ending it.
 */
const withoutStack = (make: () => Error): Error => {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** Nothing more comes: every wait rejects with what `reason` makes of it, and so does every later one. */
export const endHub = <T>(hub: Hub<T>, reason: (what: string) => Error): boolean => {
  hub.ended ??= reason
  const { onEnd = [] } = hub
  hub.onEnd = undefined
  for (const tell of onEnd) tell(hub.ended)
  const waiters = [...hub.waiters]
  for (const waiter of waiters)
    refuse(
      waiter,
      withoutStack(() => reason(waiter.what)),
    )
  return waiters.length > 0
}
