import type { EslEvent } from '../esl/event.ts'
import type { CustomEventName, EventName, StandardEventName } from '../esl/event-names.ts'
import type { OnFailure } from '../listener/on-failure.ts'
import type { Session } from '../model/session.ts'
import type { Measure } from './measure.ts'

/** One, or several that are called in their order, each with its own view of the session. */
export type OneOrMore<F> = F | readonly F[]

/** The event that the functions under a key get: under a pattern of names, one of any subclass. */
type EventUnder<N extends EventName> = EslEvent<N extends StandardEventName | 'CUSTOM' ? N : CustomEventName>

/**
 * What an app's functions do on each event; the subclass of a CUSTOM event is a name like any other, and `CUSTOM` the name of those
 * that have none.
 */
export type OnFunctions = {
  readonly [N in EventName]?: OneOrMore<(session: Session, event: EventUnder<N>) => unknown>
}

export type HandleFunctions = {
  readonly [N in EventName]?: OneOrMore<(event: EventUnder<N>) => unknown>
}

/**
 * Runs once for each session, from its first event: an async function, or a function from the session's stream to
 * another stream, which is read to its end.
 */
export type Flow = (session: Session) => Promise<unknown> | AsyncIterable<unknown>

/** A single-yield generator: what is before the `yield` sets up, what is after it takes down. */
export type Prepost = Generator<unknown, unknown> | AsyncGenerator<unknown, unknown>

/** The load that an originator puts on an app, over all of its nodes. */
export interface LoadSettings {
  /** Calls per second; NaN where a recorded load does not tell. */
  readonly rate: number
  /** Calls that may be up at once; Infinity: no limit. */
  readonly limit: number
  /** Calls after which the run ends; Infinity: none. */
  readonly maxOffered: number
  /** How long a call is held, in ms; the mean, where it is drawn; 0: until somebody else ends it. */
  readonly duration: number
}

/**
 * An app: a plain object of functions. `C` is what it is given to set itself up with.
 *
 * A function that throws, or rejects, is reported once and stops nothing else; the end of its session (HangupError) is
 * a normal end.
 */
export interface App<C = AppContext> {
  readonly name: string
  /** Called with the session, as this flow sees it, and the event. A promise that it returns belongs to the session. */
  readonly on?: OnFunctions
  readonly flow?: OneOrMore<Flow>
  /** Called with the raw event, before the session tables have seen it. */
  readonly handle?: HandleFunctions
  /** Events that its flows wait for, beside those of `on` and `handle`. */
  readonly subscribe?: readonly EventName[]
  /**
   * What becomes of a call when a function of this app has failed, unless whoever loads it says otherwise. Default: under
   * `serve` and `listen` it is hung up, else it is left.
   */
  readonly onFailure?: OnFailure
  /** Runs when the app is loaded: a function, or a generator whose second half runs when it is unloaded. */
  prepost?(context: C): Prepost | Promise<void> | undefined
  /** Told of the load that it runs under: before the first call, and at each change. */
  settings?(settings: LoadSettings): void
  /** What it measures, for whoever runs it to keep: an originator, `switchix dial`. */
  readonly measure?: Measure
}

/** What `prepost` is given. */
export interface AppContext {
  /** The id under which the app is loaded. */
  readonly id: string
  /** Writes to the `switchix:app` log, with the app's name before it. */
  log(format: string, ...args: unknown[]): void
}
