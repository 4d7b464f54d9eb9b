import { nextNumber, type Hub } from './hub.ts'
import { closeScope, interruptScope, scopeOf, type Ending, type Scope } from './scope.ts'

/** A reader of a hub. It gives each item once, to the first wait that matches (Erlang's selective receive). */
export interface Mailbox<T> {
  readonly hub: Hub<T>
  /** Items before this number are taken, or before its time. */
  start: number
  taken: Set<number> | undefined
  /** For waits by key: items before this number have none left for that key. */
  cursors: Map<string, number> | undefined
  /** With what else its flow waits for; undefined while nothing had to be known of that. */
  scope: Scope<T> | undefined
  /** Whose flow reads it, for whoever ends all of somebody's flows. */
  readonly owner: object | undefined
  /** See awake.ts. */
  wokenAt: number
}

/**
 * A mailbox that begins with the item of that number; by default with the next one to come. With a `scope` it is one more of the
 * flow that the scope is of.
 */
export const openMailbox = <T>(
  hub: Hub<T>,
  from = nextNumber(hub),
  owner?: object,
  scope?: Scope<T>,
): Mailbox<T> => ({
  hub,
  start: from,
  taken: undefined,
  cursors: undefined,
  scope,
  owner,
  wokenAt: 0,
})

/** The flow behind a mailbox is over: its waits reject, later ones too. Other mailboxes go on. */
export const closeMailbox = <T>(box: Mailbox<T>, ending: Ending): void => closeScope(scopeOf(box), ending)

/** What the hub has dropped needs no note of having been taken. */
const forgetDropped = <T>(box: Mailbox<T>): void => {
  box.start = box.hub.dropped
  for (const number of box.taken ?? []) if (number < box.start) box.taken?.delete(number)
  while (box.taken?.delete(box.start)) box.start++
}

/** Closes the mailboxes of `owner` on which something waits. */
export const closeMailboxesOf = <T>(hub: Hub<T>, owner: object, ending: Ending): void => {
  const boxes = hub.waiters.map(({ mailbox }) => mailbox).filter((box) => box.owner === owner)
  for (const box of new Set(boxes)) closeMailbox(box, ending)
}

/** What the flow behind a mailbox waits for rejects with `error`; where nothing is awaited, the next wait does. Then it goes on. */
export const interrupt = <T>(box: Mailbox<T>, error: Error): void => interruptScope(scopeOf(box), error)

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
