import { markTime } from './caller-profile.ts'
import { isUp, type Channel } from './channel.ts'
import { emit } from '../events/emit.ts'
import { endChannel } from './channel-end.ts'
import { setHangupVariables } from './hangup-variables.ts'
import { KINDS } from '../events/kinds.ts'
import { stopRecording } from '../media/recordings.ts'
import { tellHangup } from '../calls/signals.ts'
import { setMediaStatistics } from './media-statistics.ts'
import { cancel, later, micros, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { changeCallState, enterState } from './transitions.ts'
import { setVariable, unsetVariable } from './variables.ts'

/**
 * Who hangs up, which says how soon the channel's own thread notices: it does so itself, the far end wakes it, or a
 * command has to wait for its next audio frame.
 */
export type HangupBy = 'itself' | 'far end' | 'command'

/**
 * Hangs a channel up (`switch_channel_perform_hangup` in `src/switch_channel.c`): CHANNEL_HANGUP at once, the rest when
 * the channel notices. One that `itself` hangs up has to call `windDown` when its application has ended. `afterEvent`
 * runs between the event and the rest.
 */
export const hangup = (
  sw: Switch,
  channel: Channel,
  cause: string,
  by: HangupBy,
  afterEvent?: () => void,
): void => {
  if (!isUp(channel) || channel.ended) return
  channel.hangupCause = cause
  channel.state = 'CS_HANGUP'
  channel.answerState = 'hangup'
  cancel(sw, channel.pickup)
  const bridged = channel.partner !== undefined && channel.other?.type === 'originator'
  if (bridged) setVariable(channel, 'last_bridge_role', 'originatee')
  emit(sw, KINDS.hangup, channel)
  if (bridged) unsetVariable(channel, 'bridge_to')
  afterEvent?.()
  if (by === 'itself') return
  if (by === 'far end') {
    windDown(sw, channel)
    return
  }
  const delay = channel.running === 'CS_EXECUTE' ? TIMING.frame : TIMING.wake
  later(sw, delay, () => windDown(sw, channel))
}

/** Ends the applications of a channel that has hung up, the innermost first, then the channel. */
export const windDown = (sw: Switch, channel: Channel): void => {
  if (isUp(channel) || channel.ended) return
  channel.ended = true
  for (let run = channel.executions.at(-1); run; run = channel.executions.at(-1)) run.stop('hangup')
  finish(sw, channel)
}

/** The states of a hangup, each with its events (`switch_core_session_run` in `src/switch_core_state_machine.c`). */
const finish = (sw: Switch, channel: Channel): void => {
  enterState(sw, channel, 'CS_HANGUP')
  if (channel.caller) markTime(channel.caller, 'hangup', micros(sw))
  if (channel.recordings.length > 0) stopRecording(sw, channel, 'all')
  changeCallState(sw, channel, 'HANGUP')
  setHangupVariables(channel, micros(sw))
  tellHangup(sw, channel)
  setMediaStatistics(channel)
  channel.state = 'CS_REPORTING'
  enterState(sw, channel, 'CS_REPORTING')
  emit(sw, KINDS.hangupComplete, channel, `\nHangup-Cause: ${channel.hangupCause ?? ''}`)
  const waiting = channel.onHangup.splice(0)
  if (!channel.held) endChannel(sw, channel)
  for (const tell of waiting) tell()
}
