import type { Debugger } from 'debug'
import { AbortedError, HangupError } from '../errors.ts'
import type { Counts } from '../listener/counts.ts'
import type { Node } from '../model/node.ts'

/** Notes the failure of a command that nobody awaited: it is counted and logged. */
export const noteUnseen =
  (log: Debugger, counts: () => Counts): Node['unseen'] =>
  (what, error) => {
    // The end of a session is no failure of what was asked of it, nor is what was aborted on purpose.
    if (error instanceof HangupError || error instanceof AbortedError) return
    counts().unseenFailures++
    log('%s failed, and nobody awaited it: %O', what, error)
  }

/** Notes what a session's flows may never learn of by themselves: counted and logged. */
export const noteLosses = (
  log: Debugger,
  counts: () => Counts,
): Pick<Node, 'noteBlindWait' | 'noteDropped'> => ({
  noteBlindWait(session) {
    counts().blindWaits++
    log(
      'a flow of session %s waits without a bound for an event that passes a test; pass { names }, so that they are subscribed to',
      session,
    )
  },
  noteDropped(session, count) {
    counts().droppedEvents += count
    log('the log of session %s is full: its %d oldest events were dropped', session, count)
  },
})
