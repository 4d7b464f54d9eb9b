import type { EslEvent } from '../esl/event.ts'
import {
  AbortedError,
  ApiError,
  CommandError,
  type ConnectionLostError,
  HangupError,
  SwitchixError,
  TimeoutError,
} from '../errors.ts'
import { nextNumber, refuse, type Waiter } from '../flow/hub.ts'
import { receive, receiveWith, refusal } from '../flow/receive.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import { isObserved, watched, watchedBy } from '../flow/watched.ts'
import type { Failed } from '../link/quiet-commands.ts'
import { inDoubt, isInDoubt, settleAgain } from './doubt.ts'
import type { Execution } from './executions.ts'
import type { View } from './view.ts'

/** A command to a session and how it is known to be done. */
export interface Performance {
  /** Names it in errors. */
  readonly what: string
  /** Sends it; what it throws, and what `failed` is called with, is the command's. */
  readonly send: (failed: Failed) => void
  /** Whether this event says that it is done. May throw what the command shall reject with. */
  readonly done: (event: EslEvent) => boolean
  /** The application that it runs, where it runs one; `id` comes back as `Application-UUID`. */
  readonly execution?: Pick<Execution, 'app' | 'id'> | undefined
  /** It may be given twice: where the connection ended before its answer it is sent again once that is back. Default false. */
  readonly repeats?: boolean | undefined
  /** Set where the connection ended before its answer, until that is settled (`pending-verbs.ts`): sends it again. */
  again?: (() => void) | undefined
  /** Takes it back at the switch; called where it is timed out or aborted. Missing where that cannot be done. */
  readonly takeBack?: (() => void) | undefined
  /** What the verb has returned, once it has. */
  outcome?: Promise<EslEvent> | undefined
}

const asCommandError = (what: string, uuid: string, error: unknown): Error =>
  error instanceof SwitchixError ? error : new CommandError(what, String(error), uuid)

/** What the switch says of a channel that it does not have any more. */
const GONE = /^-ERR (?:invalid session id|No such channel)/i

/** How long the end of a session may be behind the switch's word that it is gone, in ms. */
const END_TIMEOUT = 5000

/**
 * For a command that failed: where the channel is gone its end is on the way, and that is what the command rejects with.
 */
const orEnded = async ({ state, box }: View, what: string, error: unknown): Promise<never> => {
  if (!((error instanceof CommandError || error instanceof ApiError) && GONE.test(error.reply))) throw error
  try {
    return await receive<never>(
      box as never,
      { matches: () => false, what, takes: false },
      { timeout: END_TIMEOUT },
    )
  } catch (end) {
    throw end instanceof TimeoutError
      ? new HangupError(state.uuid, state.cause ?? 'unknown cause', what)
      : end
  }
}

/** Nobody wants it any more. */
const isGivenUp = (error: Error): boolean => error instanceof TimeoutError || error instanceof AbortedError

const unseenOf =
  ({ state }: View, what: string) =>
  (error: unknown): void =>
    state.node.unseen(`${what} on session ${state.uuid}`, error)

/** The connection ended before the answer to a command: what becomes of it, `start` sending it again. */
const doubt = (
  { state }: View,
  performance: Performance,
  waiter: Waiter<EslEvent>,
  start: () => void,
  error: ConnectionLostError,
): void => {
  if (!state.node.comesBack) refuse(waiter, inDoubt(performance.what, state, error))
  // A turn later commands wait for the connection.
  else if (performance.repeats) queueMicrotask(start)
  else performance.again = start
}

/**
 * Sends a command and waits for the event that says it is done. The flow's mailbox keeps that event: verbs watch, they
 * do not receive. Rejects with HangupError, CommandError, and what the options ask for: TimeoutError, AbortedError, with which
 * it is taken back where that can be done.
 */
export const perform = (
  view: View,
  performance: Performance,
  options: WaitOptions = {},
): Promise<EslEvent> => {
  const { what, send, done: isDone } = performance
  const { hub, uuid } = view.state
  view.state.commanded = true
  let failure: Error | undefined
  const promise = watchedBy<EslEvent>(
    (resolve, reject) => {
      const matches = (event: EslEvent): boolean => {
        try {
          return isDone(event)
        } catch (error) {
          failure = asCommandError(what, uuid, error)
          return true
        }
      }
      const fulfil = (event: EslEvent): void => {
        if (failure) reject(failure)
        else resolve(event)
      }
      const done = `${what} was done`
      const wanted = { matches, what: done, takes: false, from: nextNumber(hub), subject: performance }
      const fail = (error: Error): void => {
        // A flow that is over (its app was unloaded) leaves its call as it is.
        if (isGivenUp(error) && !view.box.scope?.closed) performance.takeBack?.()
        reject(error)
      }
      const waiter = receiveWith(view.box, wanted, options, fulfil, fail)
      if (!waiter) return
      const failed = (error: unknown): void => {
        if (isInDoubt(error)) doubt(view, performance, waiter, start, error)
        else
          void orEnded(view, done, error).catch((end: unknown) =>
            refuse(waiter, asCommandError(what, uuid, end)),
          )
      }
      const start = (): void => {
        if (performance.again) performance.again = undefined
        try {
          send(failed)
        } catch (error) {
          failed(error)
        }
      }
      start()
    },
    unseenOf(view, what),
  )
  performance.outcome = promise
  return promise
}

/** Whether somebody awaits this wait of a session: not the one of a command that was started and is left to itself. */
export const isAwaited = ({ subject }: Waiter<EslEvent>): boolean => {
  const promise = (subject as Performance | undefined)?.outcome
  return promise === undefined || isObserved(promise)
}

/** A promise that a verb gives: nobody has to await it, and a failure that nobody saw is noted. */
export const outcome = <T>(view: View, what: string, promise: Promise<T>): Promise<T> =>
  watched(promise, unseenOf(view, what))

/**
 * As `perform`, for what is done once the switch has answered. `repeats`: it may be given twice, and is sent again where the
 * connection ended before its answer.
 */
export const ask = <T>(view: View, what: string, send: () => Promise<T>, repeats = false): Promise<T> => {
  const over = refusal(view.box, what) ?? view.state.hub.ended?.(what)
  return outcome(
    view,
    what,
    over
      ? Promise.reject(over)
      : send().catch((error: unknown) => {
          const ended = (end: unknown): Promise<never> => orEnded(view, what, end)
          return isInDoubt(error)
            ? settleAgain(what, view.state, send, repeats, error).catch(ended)
            : ended(error)
        }),
  )
}
