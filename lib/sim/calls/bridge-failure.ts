import { setBridgeFailed } from '../channel/bridge-variables.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { numberOfCause } from '../channel/sip-causes.ts'
import { changeCallState } from '../channel/transitions.ts'
import { getVariable, isTrue } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import type { Execution } from '../execution/execution.ts'

const named = (cause: string, list: string): boolean =>
  list.split(',').some((one) => one.trim().toUpperCase() === cause || Number(one) === numberOfCause(cause))

/** Whether a failed bridge ends the call, or its dialplan goes on (`switch_channel_handle_cause`). */
const goesOn = (channel: Channel, cause: string): boolean => {
  const failing = getVariable(channel, 'failure_causes')
  const continuing = getVariable(channel, 'continue_on_fail')
  if (failing !== undefined && !named(cause, failing)) return true
  return continuing !== undefined && (isTrue(continuing) || named(cause, continuing))
}

/** A bridge has failed: its variables say why, and whether the call goes on. */
export const failBridge = (
  sw: Switch,
  run: Execution,
  cause: string,
  legs: readonly Channel[] = [],
): void => {
  const { channel } = run
  if (channel.callState === 'RING_WAIT') changeCallState(sw, channel, 'ACTIVE')
  setBridgeFailed(channel, cause, legs)
  if (isUp(channel) && !goesOn(channel, cause)) hangup(sw, channel, cause, 'itself')
  run.end()
}
