import type { Clock } from '../clock.ts'
import type { EslEvent } from '../esl/event.ts'
import { AbortedError, ConnectionLostError, HangupError } from '../errors.ts'
import { rest, wake } from '../flow/awake.ts'
import { closeMailbox, closeMailboxesOf } from '../flow/mailbox.ts'
import { runningOf } from '../flow/running.ts'
import { endWaits, isWaiting, scopeIsWaiting } from '../flow/scope.ts'
import { isAwaited } from '../model/perform.ts'
import type { Session } from '../model/session.ts'
import type { SessionState } from '../model/state.ts'
import type { Entry, HandleFunction, OnFunction, Registration } from './registry.ts'

/** A function of an app that is still running. */
export interface Task {
  readonly registration: Registration
  /** The event that it was called for. */
  readonly event: string
  readonly session: Session | undefined
  readonly promise: Promise<void>
}

/** An app's function failed. Reported once; nothing else stops. */
export interface AppFailure {
  readonly app: string
  readonly id: string
  readonly event: string
  /** The session's uuid; undefined for a `handle` function. */
  readonly session: string | undefined
  readonly error: unknown
}

export type Report = (failure: AppFailure) => void

/** What the listener does about a failure; `session` and `registration` of a function that is given a session. */
type Failed = (failure: AppFailure, session?: Session, registration?: Registration) => void

/** What ended a wait that a signal gave up: ours (AbortedError), or that of Node's own functions (AbortError). */
const reasonOf = (error: unknown): unknown =>
  error instanceof Error && (error instanceof AbortedError || error.name === 'AbortError')
    ? (error.cause ?? error)
    : error

/**
 * Whether a session ended with its connection: the client tells of that, once. A command that was sent before is in doubt, and
 * a session that goes on once its switch is back has lost its flow: neither is a normal end.
 */
const endedWithConnection = (error: unknown, session: Session | undefined): boolean =>
  error instanceof ConnectionLostError && !error.sent && (session?.state.ended ?? true)

/**
 * A flow that lets the end of its session through has ended normally, also where `sess.signal` brought it; so has one whose app
 * was unloaded.
 */
const isNormalEnd = (registration: Registration, session: Session | undefined, error: unknown): boolean =>
  error instanceof HangupError ||
  reasonOf(error) instanceof HangupError ||
  endedWithConnection(error, session) ||
  (registration.closed !== undefined &&
    (error instanceof AbortedError || reasonOf(error) instanceof AbortedError))

const run = (
  { registration }: Entry<unknown>,
  event: EslEvent,
  session: Session | undefined,
  call: () => unknown,
  report: Failed,
): void => {
  const failed = (error: unknown): void => {
    if (isNormalEnd(registration, session, error)) return
    const { app, id } = registration
    report({ app, id, event: event.name, session: session?.uuid, error }, session, registration)
  }
  if (registration.closed) return
  const box = session?.box
  if (box) wake(box)
  try {
    const result = runningOf(call())
    if (!result) {
      if (box) rest(box)
      return
    }
    const promise = result.then(() => undefined, failed)
    const task: Task = { registration, event: event.name, session, promise }
    registration.tasks.add(task)
    void task.promise.then(() => registration.tasks.delete(task))
  } catch (error) {
    failed(error)
  }
}

/** Calls an app's `on` function with its own view of the session. */
export const runOn = (entry: Entry<OnFunction>, session: Session, event: EslEvent, report: Failed): void =>
  run(entry, event, session, () => entry.fn(session, event), report)

/** Calls an app's `handle` function with the raw event. */
export const runHandle = (entry: Entry<HandleFunction>, event: EslEvent, report: Report): void =>
  run(entry, event, undefined, () => entry.fn(event), report)

/**
 * Whether it awaits an event, a command or a timer of its call: something that comes as time goes on. One that does not awaits
 * something else: a file, a socket, a promise of another function.
 */
export const awaitsItsCall = ({ session, registration: { scope } }: Task): boolean =>
  (session !== undefined && isWaiting(session.box, isAwaited)) || scopeIsWaiting(scope, isAwaited)

const unloaded = (what: string): AbortedError => new AbortedError(what, 'it was unloaded')

/** How long the functions of an app get to end once their waits were aborted, in ms. */
const GRACE = 5000

/**
 * Aborts what an app has running, and the verbs that it left behind on these sessions; waits for its functions to end.
 * One that waits for something else gets 5 s.
 */
export const endTasks = async (
  registration: Registration,
  clock: Clock,
  sessions: Iterable<SessionState>,
): Promise<void> => {
  const { app } = registration
  registration.closed ??= unloaded(`app ${app}`)
  const ending = (what: string): AbortedError => unloaded(`${what}, in app ${app},`)
  for (const { session } of registration.tasks) if (session) closeMailbox(session.box, ending)
  for (const { hub } of sessions) closeMailboxesOf(hub, registration, ending)
  endWaits(registration.scope, ending)
  if (registration.tasks.size === 0) return
  await new Promise<void>((resolve) => {
    const timer = clock.setTimeout(resolve, GRACE)
    void Promise.all(Array.from(registration.tasks, ({ promise }) => promise)).then(() => {
      clock.clearTimeout(timer)
      resolve()
    })
  })
}
