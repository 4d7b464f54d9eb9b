import { setMaxListeners } from 'node:events'
import { refuse, type Hub, type Waiter } from './hub.ts'
import type { Mailbox } from './mailbox.ts'

/** What a wait is refused with: the error, or what makes it of the words for what was awaited. */
export type Ending = Error | ((what: string) => Error)

/**
 * All that one flow waits for, in its own mailbox and in those that were opened for it on other hubs, so that it can be ended
 * together. Most flows never need one.
 */
export interface Scope<T> {
  readonly owner: object | undefined
  readonly boxes: Set<Mailbox<T>>
  /** Waits that are not for a hub's items: each is called with what ends it. */
  readonly others: Set<(ending: Ending) => void>
  /** What was looked up for the flow, by what it stands for. */
  readonly views: Map<object, object>
  signals: Map<Mailbox<T>, AbortController> | undefined
  /** Why it waits for nothing more. */
  closed: Ending | undefined
  /** Why the next wait is refused; only that one. */
  interrupted: Error | undefined
}

/** The error of an ending. */
export const endingOf = (ending: Ending, what: string): Error =>
  ending instanceof Error ? ending : ending(what)

export const createScope = <T>(owner?: object): Scope<T> => ({
  owner,
  boxes: new Set(),
  others: new Set(),
  views: new Map(),
  signals: undefined,
  closed: undefined,
  interrupted: undefined,
})

/** The scope of a mailbox; made now, where it has none yet. */
export const scopeOf = <T>(box: Mailbox<T>): Scope<T> => {
  if (box.scope) return box.scope
  box.scope = createScope(box.owner)
  box.scope.boxes.add(box)
  return box.scope
}

/** Says whether there was one that had not aborted yet. */
const abort = (controllers: Iterable<AbortController>, ending: Ending): boolean => {
  const open = [...controllers].filter(({ signal }) => !signal.aborted)
  for (const controller of open) controller.abort(endingOf(ending, 'its flow was done'))
  return open.length > 0
}

const waitersOf = <T>({ boxes }: Scope<T>): Waiter<T>[] => {
  const hubs = new Set(Array.from(boxes, ({ hub }) => hub))
  return [...hubs].flatMap(({ waiters }) => waiters.filter(({ mailbox }) => boxes.has(mailbox)))
}

/** Whether the flow of a mailbox waits for something; `counts` says which of its waits for items do. */
export const isWaiting = <T>(box: Mailbox<T>, counts: (waiter: Waiter<T>) => boolean): boolean =>
  box.scope
    ? scopeIsWaiting(box.scope, counts)
    : box.hub.waiters.some((waiter) => waiter.mailbox === box && counts(waiter))

export const scopeIsWaiting = <T>(scope: Scope<T>, counts: (waiter: Waiter<T>) => boolean): boolean =>
  scope.others.size > 0 || waitersOf(scope).some(counts)

/** Ends all waits that there are; says whether one of them, or a signal, tells the flow why. Later ones go on. */
export const endWaits = <T>(scope: Scope<T>, ending: Ending): boolean => {
  const waiters = waitersOf(scope)
  const others = [...scope.others]
  scope.others.clear()
  for (const waiter of waiters) refuse(waiter, endingOf(ending, waiter.what))
  for (const end of others) end(ending)
  const signalled = abort(scope.signals?.values() ?? [], ending)
  return signalled || others.length > 0 || waiters.some(({ ends }) => !ends)
}

/** The flow is over: all its waits reject, later ones too, and its signals abort. */
export const closeScope = <T>(scope: Scope<T>, ending: Ending): void => {
  scope.closed ??= ending
  endWaits(scope, scope.closed)
}

/** What the flow waits for rejects with `error`; where that tells it nothing, its next wait does. Then it goes on. */
export const interruptScope = <T>(scope: Scope<T>, error: Error): void => {
  if (!endWaits(scope, error)) scope.interrupted = error
}

/** Aborts when the flow behind the mailbox is ended or interrupted, or its hub ends; the reason is what a wait would reject with. */
export const signalOf = <T>(box: Mailbox<T>): AbortSignal => {
  const scope = scopeOf(box)
  const { hub }: { hub: Hub<T> } = box
  const signals = (scope.signals ??= new Map<Mailbox<T>, AbortController>())
  let controller = signals.get(box)
  if (!controller) {
    const made = new AbortController()
    // A flow may have any number of requests with it.
    setMaxListeners(0, made.signal)
    controller = made
    signals.set(box, made)
    const over = scope.closed ?? scope.interrupted ?? hub.ended
    if (over) abort([made], over)
    else (hub.onEnd ??= []).push((reason) => abort([made], reason))
  }
  return controller.signal
}
