import type { EslEvent } from '../esl/event.ts'
import { makeUp } from '../esl/made-up.ts'
import { ConnectionLostError } from '../errors.ts'
import type { Waiter } from '../flow/hub.ts'
import { nextNumber, refuse } from '../flow/hub.ts'
import { receive } from '../flow/receive.ts'
import { openMailbox } from '../flow/mailbox.ts'
import type { Link } from '../link/inbound.ts'
import type { Listener } from '../listener/listener.ts'
import type { Performance } from '../model/perform.ts'
import type { SessionState } from '../model/state.ts'

/** The waits of the verbs that were sent to a session before its switch went away. */
export type PendingVerbs = readonly Waiter<EslEvent>[]

const performanceOf = ({ subject }: Waiter<EslEvent>): Performance => subject as Performance

/** What the verbs of each session wait for now. */
export const pendingVerbs = (sessions: Iterable<SessionState>): Map<SessionState, PendingVerbs> => {
  const pending = new Map<SessionState, PendingVerbs>()
  for (const state of sessions) {
    const waiters = state.hub.waiters.filter(({ subject }) => subject !== undefined)
    if (waiters.length > 0) pending.set(state, waiters)
  }
  return pending
}

/** How long the effect of what is no application (a hangup, a transfer) may be behind the resynchronisation, in ms. */
const EFFECT_TIMEOUT = 5000

/**
 * A channel runs its applications one after the other (`event-lock`). So does it with one that does nothing, behind all that
 * was sent before: once that is complete, so is all of them.
 */
const afterApplications = async (link: Link, state: SessionState, id: string): Promise<EslEvent> => {
  const complete = receive(openMailbox(state.hub, nextNumber(state.hub)), {
    matches: (event: EslEvent) =>
      event.name === 'CHANNEL_EXECUTE_COMPLETE' && event.get('Application-UUID') === id,
    what: 'the end of what it was doing',
  })
  await link.sendmsg(state.uuid, [
    ['call-command', 'execute'],
    ['execute-app-name', 'set'],
    ['execute-app-arg', 'switchix_back=true'],
    ['Event-UUID', id],
    ['event-lock', 'true'],
  ])
  return complete
}

const stillWaits = (state: SessionState, waiter: Waiter<EslEvent>): boolean =>
  state.hub.waiters.includes(waiter)

/**
 * Settles what verbs wait for whose event may have come while nobody listened. An application is complete when the channel
 * is through with all that it was sent; its CHANNEL_EXECUTE_COMPLETE is made up then, with the channel's data as of that
 * moment. Anything else that has not taken effect 5 s later rejects with ConnectionLostError.
 */
export const settleVerbs = (
  link: Link,
  listener: Listener,
  state: SessionState,
  waiters: PendingVerbs,
): void => {
  const { node } = state
  const executions = waiters.filter((waiter) => performanceOf(waiter).execution)
  const others = waiters.filter((waiter) => !performanceOf(waiter).execution)

  const complete = (like: EslEvent): void => {
    const completions = executions.map((waiter) => () => {
      const { execution } = performanceOf(waiter)
      if (!execution || !stillWaits(state, waiter)) return undefined
      const headers = { Application: execution.app, 'Application-UUID': execution.id, 'Application-Data': '' }
      return listener.dispatch(makeUp(like, 'CHANNEL_EXECUTE_COMPLETE', headers))
    })
    link.insert(completions)
  }

  if (executions.length > 0)
    // Where the session ends before that, or the connection again, others take care of it.
    afterApplications(link, state, node.newId()).then(complete, () => undefined)

  const giveUp = (): void => {
    for (const waiter of others)
      if (stillWaits(state, waiter))
        refuse(
          waiter,
          new ConnectionLostError(
            `${performanceOf(waiter).what}: whether it took effect is not known, it was sent before the loss`,
            node.name,
          ),
        )
  }
  if (others.length > 0) node.clock.setTimeout(giveUp, EFFECT_TIMEOUT, true)
}
