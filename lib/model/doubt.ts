import { ConnectionLostError, InDoubtError } from '../errors.ts'
import type { SessionState } from './state.ts'

/** Whether a command was sent, and the connection ended before its answer: it may have taken effect, or not. */
export const isInDoubt = (error: unknown): error is ConnectionLostError =>
  error instanceof ConnectionLostError && error.sent

/** What a command in doubt rejects with where it cannot be settled. */
export const inDoubt = (
  what: string,
  { uuid, node }: SessionState,
  error: ConnectionLostError,
): InDoubtError =>
  new InDoubtError(what, uuid, `the connection to ${node.name} ended before its answer`, error)

/**
 * What becomes of a command in doubt that nothing but its answer tells of: where it may be given twice (a variable is set) and the
 * connection comes back, it is sent again then; else it rejects with InDoubtError.
 */
export const settleAgain = <T>(
  what: string,
  state: SessionState,
  send: () => Promise<T>,
  repeats: boolean,
  error: ConnectionLostError,
): Promise<T> => {
  if (!repeats || !state.node.comesBack) return Promise.reject(inDoubt(what, state, error))
  return send().catch((again: unknown) => {
    if (isInDoubt(again)) return settleAgain(what, state, send, repeats, again)
    throw again
  })
}
