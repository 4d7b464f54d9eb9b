import type { Clock } from '../clock.ts'
import type { EventName } from '../esl/event-names.ts'
import type { Commands } from '../link/commands.ts'

/** What the models need of the switch that they are on. */
export interface Node {
  /** `host:port` */
  readonly name: string
  readonly clock: Clock
  readonly commands: Commands
  /** The applications that the switch has, in lower case; undefined where it did not say. */
  readonly applications: ReadonlySet<string> | undefined
  /** An id of our own, short (the switch reads slowly) and not used by any other controller. */
  newId(): string
  /** The uuid of a session that we are about to originate. */
  newUuid(): string
  /** A token for a call that we are about to originate: nobody can guess it. */
  newToken(): string
  /** Sees to it that the switch sends these events; for those that nobody had asked for, it says so. */
  want(names: readonly EventName[]): void
  /** A flow waits for an event that passes a test, for ever, and nobody can know which events that needs: counted, and logged. */
  noteBlindWait(session: string): void
  /** The oldest events of a session were taken out of its log, which is full: counted, and logged. */
  noteDropped(session: string, count: number): void
  /** Whether the switch was asked for these events. */
  hasAskedFor(name: EventName): boolean
  /**
   * The connections that the result of a job that is sent now can come over, where they are not this node's for good: when
   * the last of them has ended, the job fails.
   */
  ways?(): Iterable<object>
  /** Whether a connection that was lost comes back: then what was sent before is settled, or sent again. */
  readonly comesBack?: boolean | undefined
  /**
   * Sees to it that the events of a session come that is about to be originated, where they do not by themselves. The function
   * that it returns is to be called once the job is settled.
   */
  expect?(uuid: string): () => void
  /** A command failed and nobody awaited it: counted, and logged. */
  unseen(what: string, error: unknown): void
}
