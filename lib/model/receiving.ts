import type { Clock } from '../clock.ts'
import type { EslEvent } from '../esl/event.ts'
import type { EventName } from '../esl/event-names.ts'
import { ArgumentError, HangupError } from '../errors.ts'
import { CLOCK } from '../flow/stream.ts'
import { fulfil, refuse, type Waiter } from '../flow/hub.ts'
import { handled, receiveWith, type Wanted } from '../flow/receive.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import { requireTime } from '../flow/require-time.ts'
import type { View } from './view.ts'

/** What `recv` takes: an event's name, several of them, or a test. */
export type Match = EventName | readonly EventName[] | ((event: EslEvent) => boolean)

/** Events of these names. */
interface Named extends Wanted<EslEvent> {
  readonly names: readonly EventName[]
}

const named = new Map<EventName, Named>()

/** Flows ask for the same few names again and again. */
const eventsNamed = (name: EventName): Named => {
  let wanted = named.get(name)
  if (!wanted) {
    wanted = { matches: (event) => event.name === name, what: name, key: name, names: [name] }
    if (named.size < 1024) named.set(name, wanted)
  }
  return wanted
}

/** What `recv` with a test takes, beside the bounds of the wait. */
export interface TestOptions extends WaitOptions {
  /** The events that can pass the test: they are subscribed to, and only they are looked at. */
  readonly names?: readonly EventName[] | undefined
}

/** A test tells nobody what it looks for: without names and without a bound it may wait for what the switch never sends. */
const testOf = (view: View, test: (event: EslEvent) => boolean, options: TestOptions): Wanted<EslEvent> => {
  const { names, timeout, signal } = options
  if (names) {
    const { matches, what } = wantedOf(view, names, NO_BOUNDS)
    return { matches: (event) => matches(event) && test(event), what: `${what} that passes a test` }
  }
  if ((timeout === undefined || timeout === Infinity) && !signal)
    view.state.node.noteBlindWait(view.state.uuid)
  return { matches: test, what: 'an event that passes a test' }
}

const wantedOf = (view: View, match: Match, options: TestOptions): Wanted<EslEvent> => {
  if (typeof match === 'function') return testOf(view, match, options)
  if (match.length === 0)
    throw new ArgumentError(
      'expected the name of an event, names or a test, got none: nothing could end the wait',
    )
  const wanted: Named =
    typeof match === 'string'
      ? eventsNamed(match)
      : {
          matches: (event) => match.includes(event.name),
          what: match.join(' or '),
          key: match.join(),
          names: match,
        }
  view.state.node.want(wanted.names)
  return wanted
}

const NO_BOUNDS: WaitOptions = {}

const ANY: Wanted<EslEvent> = { matches: () => true, what: 'an event', key: '*' }

/** Has the clock of the switch, for the operators that need one. */
type EventStream = AsyncIterableIterator<EslEvent> & { readonly [CLOCK]: Clock }

/**
 * A stream never rejects: an operator that reads ahead may hold a `next` that nobody awaits any more, and its rejection would end
 * the process. It ends when no more can come; whoever wants to know why asks the session.
 */
const stream = (view: View, names: readonly EventName[]): EventStream => {
  const named = names.length === 0 ? ANY : wantedOf(view, names, NO_BOUNDS)
  const wanted: Wanted<EslEvent> = { ...named, ends: true }
  const waiters = new Set<Waiter<EslEvent>>()
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined }
  let over = false
  return {
    [CLOCK]: view.state.node.clock,
    next: () =>
      new Promise((resolve) => {
        if (over) {
          resolve(end)
          return
        }
        let waiter: Waiter<EslEvent> | undefined = undefined
        waiter = receiveWith(
          view.box,
          wanted,
          {},
          (value) => {
            if (waiter) waiters.delete(waiter)
            resolve({ done: false, value })
          },
          () => {
            over = true
            resolve(end)
          },
        )
        if (waiter) waiters.add(waiter)
      }),
    return() {
      over = true
      for (const waiter of waiters)
        refuse(waiter, new HangupError(view.state.uuid, 'not awaited any more', wanted.what))
      return Promise.resolve(end)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const receiveMatch = <E>(view: View, match: Match, options: TestOptions = NO_BOUNDS): Promise<E> =>
  handled(
    (resolve, reject) =>
      void receiveWith(
        view.box,
        wantedOf(view, match, options),
        options,
        (event) => resolve(event as E),
        reject,
      ),
  )

function recv<N extends EventName>(
  this: View,
  match: N | readonly N[],
  options?: WaitOptions,
): Promise<EslEvent<N>>
function recv(this: View, match: (event: EslEvent) => boolean, options?: TestOptions): Promise<EslEvent>
function recv(this: View, match: Match, options?: TestOptions): Promise<EslEvent> {
  return receiveMatch(this, match, options)
}

function events<N extends EventName>(this: View, ...names: N[]): AsyncIterableIterator<EslEvent<N>> {
  return stream(this, names) as AsyncIterableIterator<EslEvent<N>>
}

/** Getting events out of a session. A flow is given each event once, by whichever of these asks first. */
export const receiving = {
  /**
   * The oldest event of this flow's mailbox that matches and was not received yet, or the next that comes. The mailbox
   * begins with the event that started the flow. Options: `timeout` (ms), `signal`; with a test, `names`: the events that can pass it,
   * which are subscribed to. A test without names sees only what the switch sends anyway; such a wait without a bound is counted
   * (`client.counts.blindWaits`) and logged.
   *
   * Rejects with HangupError when the session has ended, TimeoutError, AbortedError, ConnectionLostError, and with
   * ArgumentError for a name that no event has.
   */
  recv,

  /** The first of several to come: as `recv` with a list of names. */
  poll<N extends EventName>(this: View, names: readonly N[], options?: WaitOptions): Promise<EslEvent<N>> {
    return receiveMatch<EslEvent<N>>(this, names, options)
  },

  /** Waits `ms` milliseconds (0 or more) of the session's clock. Rejects with HangupError when the session ends before. */
  sleep(this: View, ms: number, options: Pick<WaitOptions, 'signal'> = {}): Promise<void> {
    const { clock } = this.state.node
    const rest = (): number => requireTime('the time to sleep', ms, { mayBeZero: true })
    const never: Wanted<EslEvent> = { matches: () => false, what: `${ms} ms were over`, takes: false }
    return handled((resolve, reject) => {
      const wake = (): void => {
        clock.clearTimeout(timer)
        resolve()
      }
      const fail = (error: Error): void => {
        clock.clearTimeout(timer)
        reject(error)
      }
      const timer = clock.setTimeout(() => waiter && fulfil(waiter, undefined as never), rest())
      const waiter = receiveWith(this.box, never, options, wake, fail)
    })
  },

  /**
   * Every event of these names (of any name, where none is given). Never rejects: it ends with the session, and where the app is
   * unloaded, the time of `withTimeout` is up or the connection is gone; `signal.reason` says which it was, and so does the flow's
   * next wait. Throws ArgumentError for a name that no event has.
   */
  events,

  [Symbol.asyncIterator](this: View): AsyncIterableIterator<EslEvent> {
    return stream(this, [])
  },

  get [CLOCK](): Clock {
    return (this as unknown as View).state.node.clock
  },
}
