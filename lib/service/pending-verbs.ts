import debug from 'debug'
import type { EslEvent } from '../esl/event.ts'
import { makeUp } from '../esl/made-up.ts'
import { InDoubtError } from '../errors.ts'
import type { Waiter } from '../flow/hub.ts'
import { nextNumber, refuse } from '../flow/hub.ts'
import { receive } from '../flow/receive.ts'
import { openMailbox } from '../flow/mailbox.ts'

import type { Insertion } from '../link/pump.ts'
import type { Commands } from '../link/commands.ts'
import type { Listener } from '../listener/listener.ts'
import type { Performance } from '../model/perform.ts'
import type { SessionState } from '../model/state.ts'
import { readAppLog, runsUnseen } from './app-log.ts'

const log = debug('switchix:client')

/** The waits of the verbs that were sent to a session before its switch went away. */
export type PendingVerbs = readonly Waiter<EslEvent>[]

const performanceOf = ({ subject }: Waiter<EslEvent>): Performance => subject as Performance

/** What the verbs of a session wait for now. */
export const pendingVerbsOf = ({ hub }: SessionState): PendingVerbs =>
  hub.waiters.filter(({ subject }) => subject !== undefined)

/** What the verbs of each session wait for now. */
export const pendingVerbs = (sessions: Iterable<SessionState>): Map<SessionState, PendingVerbs> => {
  const pending = new Map<SessionState, PendingVerbs>()
  for (const state of sessions) {
    const waiters = pendingVerbsOf(state)
    if (waiters.length > 0) pending.set(state, waiters)
  }
  return pending
}

/** How long the effect of what is no application (a hangup, a transfer) may be behind the resynchronisation, in ms. */
const EFFECT_TIMEOUT = 5000

/** Marks the end of what a channel was doing: sessions that have one under way need no second. */
const marked = new WeakSet<SessionState>()

/**
 * A channel runs its applications one after the other (`event-lock`). So does it with one that does nothing, behind all that
 * was sent before: once that is complete, so is all of them.
 */
const afterApplications = async (send: Commands['sendmsg'], state: SessionState): Promise<EslEvent> => {
  const id = state.node.newId()
  const complete = receive(openMailbox(state.hub, nextNumber(state.hub)), {
    matches: (event: EslEvent) =>
      event.name === 'CHANNEL_EXECUTE_COMPLETE' && event.get('Application-UUID') === id,
    what: 'the end of what it was doing',
  })
  await send(state.uuid, [
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

/** Those that were sent again, by the waits for them: they complete by themselves. */
const resent = new WeakSet<Waiter<EslEvent>>()

/**
 * Settles executions whose command was in flight when the connection ended. The channel is through with all that it was sent
 * before, so that its log tells: it has run one, or the command never arrived, and is sent again under the same id. Where
 * something that was sent later has been run since, that would be out of turn: it rejects with InDoubtError.
 */
const settleDoubts = async (state: SessionState, executions: PendingVerbs): Promise<void> => {
  const doubtful = executions.filter((waiter) => performanceOf(waiter).again && stillWaits(state, waiter))
  if (doubtful.length === 0) return
  const entries = await readAppLog(state)
  for (const waiter of doubtful) {
    const performance = performanceOf(waiter)
    const app = performance.execution?.app ?? ''
    const isBefore = executions.slice(0, executions.indexOf(waiter))
    const ahead = isBefore.filter(
      (other) =>
        stillWaits(state, other) && !resent.has(other) && performanceOf(other).execution?.app === app,
    ).length
    const runs = entries && runsUnseen(state, entries, app)
    const { again } = performance
    if (!stillWaits(state, waiter) || !again) continue
    if (runs !== undefined && runs > ahead) performance.again = undefined
    else if (runs === undefined || wasOvertaken(state, waiter))
      refuse(waiter, new InDoubtError(performance.what, state.uuid, 'the connection ended before its answer'))
    else {
      resent.add(waiter)
      again()
    }
  }
}

/** Whether another application was sent after it. */
const wasOvertaken = (state: SessionState, waiter: Waiter<EslEvent>): boolean =>
  state.hub.waiters.slice(state.hub.waiters.indexOf(waiter) + 1).some(({ subject }) => {
    const later = subject as Performance | undefined
    return later?.execution !== undefined && later.again === undefined
  })

/** Whether the channel may be in one of these still: it says what it began last, and what that came to. */
const mayBeIn = (dump: EslEvent, executions: PendingVerbs): boolean =>
  dump.get('variable_current_application_response') === undefined &&
  executions.some(
    (waiter) => performanceOf(waiter).execution?.app === dump.get('variable_current_application'),
  )

export interface SettleParts {
  /** Does these in the turn of events. */
  readonly insert: (insertions: readonly Insertion[]) => void
  readonly listener: Listener
  readonly state: SessionState
  readonly verbs: PendingVerbs
  /** Sends the marker. Default: as the session sends its commands. */
  readonly send?: Commands['sendmsg'] | undefined
  /** The channel's data now. */
  readonly dump?: EslEvent | undefined
  /** Nothing is done yet about an application that the channel may be in, or about an effect that may come. */
  readonly patient?: boolean | undefined
}

/**
 * Settles what verbs wait for whose event may have come while nobody listened, or was lost. An application is complete when
 * the channel is through with all that it was sent; its CHANNEL_EXECUTE_COMPLETE is made up then, with the channel's data as
 * of that moment. Anything else that has not taken effect 5 s later rejects with InDoubtError.
 */
export const settleVerbs = (parts: SettleParts): void => {
  const { insert, listener, state, verbs, dump, patient = false } = parts
  const { node } = state
  const send = parts.send ?? ((...args) => node.commands.sendmsg(...args))
  const executions = verbs.filter((waiter) => performanceOf(waiter).execution)
  const others = verbs.filter((waiter) => !performanceOf(waiter).execution)

  const complete = async (like: EslEvent): Promise<void> => {
    await settleDoubts(state, executions)
    const completions = executions.map((waiter) => () => {
      const { execution } = performanceOf(waiter)
      if (!execution || performanceOf(waiter).again || resent.has(waiter) || !stillWaits(state, waiter))
        return undefined
      if (dump) listener.recover(state)
      const headers = { Application: execution.app, 'Application-UUID': execution.id, 'Application-Data': '' }
      return listener.dispatch(makeUp(like, 'CHANNEL_EXECUTE_COMPLETE', headers))
    })
    insert(completions)
  }

  const isRunning = patient && dump !== undefined && mayBeIn(dump, executions)
  if (executions.length > 0 && !isRunning && !marked.has(state)) {
    marked.add(state)
    // Where the session ends before that, or the connection again, others take care of it.
    void afterApplications(send, state)
      .then(complete)
      .catch((error: unknown) => log('%s: %O', state.uuid, error))
      .finally(() => marked.delete(state))
  }

  const giveUp = (): void => {
    for (const waiter of others)
      if (stillWaits(state, waiter))
        refuse(
          waiter,
          new InDoubtError(performanceOf(waiter).what, state.uuid, 'no event of its effect came'),
        )
  }
  if (others.length > 0 && !patient) node.clock.setTimeout(giveUp, EFFECT_TIMEOUT, true)
}
