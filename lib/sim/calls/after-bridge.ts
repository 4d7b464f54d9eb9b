import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { getVariable, isTrue, unsetVariable } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import { parkSession } from './park-session.ts'
import { transfer } from './transfer.ts'

/** `transfer_after_bridge`: `extension[:dialplan[:context]]`. */
const transferAfter = (sw: Switch, channel: Channel, where: string): void => {
  unsetVariable(channel, 'transfer_after_bridge')
  const [extension = '', dialplan, context] = where.split(':')
  transfer(sw, channel, { extension, dialplan, context })
}

/** Parks or transfers a leg when its variables say so. */
const sentElsewhere = (sw: Switch, channel: Channel): boolean => {
  const where = getVariable(channel, 'transfer_after_bridge')
  if (isTrue(getVariable(channel, 'park_after_bridge'))) parkSession(sw, channel)
  else if (where === undefined) return false
  else transferAfter(sw, channel, where)
  return true
}

/** The leg that bridged goes on: what is behind the end of `switch_ivr_multi_threaded_bridge`. */
export const goOnAfterBridge = (sw: Switch, a: Channel, b: Channel): void => {
  const cause = b.hangupCause ?? 'NORMAL_CLEARING'
  const hup = getVariable(a, 'hangup_after_bridge')
  if (hup?.toLowerCase() === 'explicit') hangup(sw, a, cause, 'itself')
  const answered = (b.caller?.times.answered ?? 0) > 0
  if (!isUp(a)) return
  if (!answered) {
    if (hasMedia(b) && isTrue(getVariable(a, 'park_after_early_bridge'))) parkSession(sw, a)
    return
  }
  if (!sentElsewhere(sw, a) && isTrue(hup)) hangup(sw, a, cause, 'itself')
}

/** The leg that was bridged to has lost its partner, which was sent elsewhere (`audio_bridge_on_exchange_media`). */
export const goOnWithoutPartner = (sw: Switch, b: Channel): void => {
  if (!sentElsewhere(sw, b))
    hangup(sw, b, b.answerState === 'answered' ? 'NORMAL_CLEARING' : 'ORIGINATOR_CANCEL', 'command')
}
