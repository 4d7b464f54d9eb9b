import { markTime } from './caller-profile.ts'
import { isUp, type Channel } from './channel.ts'
import { emit } from '../events/emit.ts'
import { endChannel, isKept } from './channel-end.ts'
import { setHangupVariables } from './hangup-variables.ts'
import { KINDS } from '../events/kinds.ts'
import { runHangupHook } from '../execution/hangup-hook.ts'
import { stopRecording } from '../media/recordings.ts'
import { tellHangup } from '../calls/signals.ts'
import { leaveLoop } from './loop.ts'
import { removeBugs } from './media-bugs.ts'
import { setMediaStatistics } from './media-statistics.ts'
import { cancel, later, micros, type Switch } from '../core/switch.ts'
import type { State } from './states.ts'
import { TIMING } from '../core/timing.ts'
import { changeCallState, enterState } from './transitions.ts'
import { getVariable, setVariable, unsetVariable } from './variables.ts'

/**
 * Who hangs up, which says how soon the channel's own thread notices: it does so itself, the far end wakes it, or a
 * command has to wait for its next audio frame.
 */
export type HangupBy = 'itself' | 'far end' | 'command'

/** States in which a channel looks at its hangup with its next audio frame. */
const FRAMED: ReadonlySet<State> = new Set(['CS_EXECUTE', 'CS_SOFT_EXECUTE', 'CS_PARK'])

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
  const { bridgeRole } = channel
  tellPartner(sw, channel, cause)
  if (bridgeRole !== undefined) setVariable(channel, 'last_bridge_role', bridgeRole)
  emit(sw, KINDS.hangup, channel)
  if (bridgeRole === 'originatee') unsetVariable(channel, 'bridge_to')
  afterEvent?.()
  for (const tell of channel.controllers) tell()
  leaveLoop(sw, channel)
  if (by === 'itself') return
  if (by === 'far end') {
    windDown(sw, channel)
    return
  }
  const delay = FRAMED.has(channel.running) ? TIMING.frame : TIMING.wake
  later(sw, delay, () => windDown(sw, channel))
}

/** The channel that it is bound to, by a bridge or by one that is to come, learns why it has gone. */
const tellPartner = (sw: Switch, channel: Channel, cause: string): void => {
  const bond = getVariable(channel, 'signal_bond') ?? getVariable(channel, 'originate_signal_bond')
  const partner = bond === undefined ? undefined : sw.channels.get(bond)
  const proto = getVariable(channel, 'proto_specific_hangup_cause')
  if (partner && isUp(partner)) {
    setVariable(partner, 'last_bridge_hangup_cause', cause)
    if (proto !== undefined) setVariable(partner, 'last_bridge_proto_specific_hangup_cause', proto)
  }
}

/**
 * Ends the applications of a channel that has hung up, the innermost first, then the channel. One that outlives the call
 * is left to end by itself, and what it ends into winds down anew.
 */
export const windDown = (sw: Switch, channel: Channel): void => {
  if (isUp(channel) || channel.ended) return
  channel.ended = true
  for (let run = channel.executions.at(-1); run; run = channel.executions.at(-1)) {
    if (run.outlives) {
      channel.ended = false
      return
    }
    run.stop('hangup')
  }
  // The other one leaves it when it is through with its hangup.
  if (channel.bridgeRole === 'originator') channel.leaveBridge?.()
  finish(sw, channel)
}

/** The states of a hangup, each with its events (`switch_core_session_run` in `src/switch_core_state_machine.c`). */
const finish = (sw: Switch, channel: Channel): void => {
  enterState(sw, channel, 'CS_HANGUP')
  if (channel.caller) markTime(channel.caller, 'hangup', micros(sw))
  if (channel.recordings.length > 0) stopRecording(sw, channel, 'all')
  removeBugs(sw, channel)
  setHangupVariables(channel, micros(sw))
  changeCallState(sw, channel, 'HANGUP')
  tellHangup(sw, channel)
  setMediaStatistics(channel)
  runHangupHook(sw, channel)
  channel.state = 'CS_REPORTING'
  enterState(sw, channel, 'CS_REPORTING')
  emit(sw, KINDS.hangupComplete, channel, `\nHangup-Cause: ${channel.hangupCause ?? ''}`)
  const waiting = channel.onHangup.splice(0)
  if (!isKept(channel)) endChannel(sw, channel)
  for (const tell of waiting) tell()
}
