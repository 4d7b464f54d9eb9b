import type { EslEvent } from '../../esl/event.ts'
import { isHangupCause, type HangupCause } from '../../esl/hangup-causes.ts'
import { requireSeconds } from '../../esl/encode/number.ts'
import { channelApi, requireUuid } from '../../esl/encode/uuid.ts'
import { ArgumentError } from '../../errors.ts'
import type { WaitOptions } from '../../flow/bounds.ts'
import { execute } from '../execute.ts'
import { ask, perform } from '../perform.ts'
import { latestHeader } from '../state.ts'
import type { View } from '../view.ts'

const requireCause = (cause: HangupCause): string => {
  if (!isHangupCause(cause))
    throw new ArgumentError(`expected a hangup cause such as NORMAL_CLEARING, got "${cause}"`)
  return cause
}

/**
 * A SIP status and its phrase (`respond`, mod_sofia.c:2251). What is no number becomes 488 there; behind a 302 stands where to
 * go (`deflect` does that), with a second word for the cause.
 */
const requireStatus = (status: string | number): string => {
  const text = String(status)
  if (!/^(?!302 )[1-6]\d\d(?: [^]+)?$/.test(text))
    throw new ArgumentError(
      `expected a SIP status from 100 to 699, with a phrase if need be, such as "486 Busy Here" (for 302 and a contact: deflect), got ${JSON.stringify(status)}`,
    )
  return text
}

/** CHANNEL_DESTROY, where the other was lost. */
const isHungUp = ({ name }: EslEvent): boolean => name === 'CHANNEL_HANGUP' || name === 'CHANNEL_DESTROY'

/** Setting a call up and taking it down. Each resolves with the event that says it is done. */
export const controlVerbs = {
  /** Answers the call (200 OK). On an answered one it has nothing to do, and says so at once. */
  answer(this: View, options?: WaitOptions): Promise<EslEvent> {
    const answers = (event: EslEvent, completed: boolean): boolean =>
      completed || event.name === 'CHANNEL_ANSWER'
    return execute(this, 'answer', '', options, answers)
  },

  /** Starts early media (183 Session Progress). */
  preAnswer(this: View, options?: WaitOptions): Promise<EslEvent> {
    return execute(this, 'pre_answer', '', options)
  },

  /** Says that it rings (180 Ringing). */
  ringReady(this: View, options?: WaitOptions): Promise<EslEvent> {
    return execute(this, 'ring_ready', '', options)
  },

  /** Answers the INVITE with a SIP status, `486` or `486 Busy Here`; one of 300 and above ends the call. */
  respond(this: View, status: string | number, options?: WaitOptions): Promise<EslEvent> {
    const ended = (event: EslEvent, completed: boolean): boolean =>
      completed || event.name === 'CHANNEL_HANGUP'
    return execute(this, 'respond', () => requireStatus(status), options, ended)
  },

  /**
   * Hangs up now, whatever the channel is doing; resolves with its CHANNEL_HANGUP. One that has been hung up already
   * resolves with the event it had. The cause is NORMAL_CLEARING unless given (`uuid_kill`).
   */
  hangup(this: View, cause: HangupCause = 'NORMAL_CLEARING', options?: WaitOptions): Promise<EslEvent> {
    const { hub, uuid, node } = this.state
    const before = hub.items.find(isHungUp)
    if (before) return Promise.resolve(before)
    return perform(
      this,
      {
        what: 'hangup',
        send: (failed) =>
          node.commands.quietly.api(channelApi('uuid_kill', uuid, requireCause(cause)), options, failed),
        done: isHungUp,
        repeats: true,
      },
      options,
    )
  },

  /**
   * Has the switch hang up after `ms` milliseconds (more than 0; rounded to whole seconds, at least one), whether we are still
   * there or not. Rejects with ArgumentError for what is no time: the switch would hang up now.
   */
  schedHangup(this: View, ms: number, cause: HangupCause = 'NORMAL_CLEARING'): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'schedHangup', async () =>
      // Without the `+` the switch hangs up now.
      node.commands.api(
        `sched_hangup +${requireSeconds('a delay', ms)} ${requireUuid(uuid)} ${requireCause(cause)}`,
      ),
    )
  },

  /** Takes back everything that was scheduled for this session. */
  clearTasks(this: View): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'clearTasks', async () => node.commands.api(channelApi('sched_del', uuid)))
  },

  /**
   * Parks the call: it stays up, in the hands of the apps. Resolves with the CHANNEL_PARK that comes of this. It cannot be taken back:
   * `timeout` and `signal` end the wait only.
   */
  park(this: View, options?: WaitOptions): Promise<EslEvent> {
    const { state } = this
    const { uuid, node } = state
    // A channel that is parked in this way already would be deaf to all commands after another `uuid_park`.
    const isParked = latestHeader(state, 'Channel-State') === 'CS_PARK'
    const before = latestHeader(state, 'Caller-Profile-Index')
    const isDone = isParked
      ? (event: EslEvent) => event.get('Caller-Profile-Index') !== before
      : // The application `park` of a dialplan parks in CS_EXECUTE.
        (event: EslEvent) => (event.get('Channel-State') ?? 'CS_PARK') === 'CS_PARK'
    const command = (): string =>
      isParked ? channelApi('uuid_transfer', uuid, 'park', 'inline') : channelApi('uuid_park', uuid)
    return perform(
      this,
      {
        what: 'park',
        send: (failed) => node.commands.quietly.api(command(), options, failed),
        done: (event) => event.name === 'CHANNEL_PARK' && isDone(event),
      },
      options,
    )
  },
}
