import { updateProfile } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { setOwn } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import { emit } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'

/**
 * From here on a called leg is a caller's: who calls and who is called change places (`switch_channel_flip_cid` in
 * `src/switch_channel.c`).
 */
export const flipCallerId = (sw: Switch, channel: Channel): void => {
  const { caller } = channel
  if (!caller) return
  const { name, number, calleeName, calleeNumber } = caller
  updateProfile(caller, { name: calleeName, number: calleeNumber, calleeName: name, calleeNumber: number })
  channel.hitDialplan = true
  setOwn(channel, 'pre_transfer_caller_id_name', name)
  setOwn(channel, 'pre_transfer_caller_id_number', number)
  setOwn(channel, 'channel_cid_flipped', 'yes')
  emit(sw, KINDS.flipUpdate, channel, '\nDirection: RECV')
}
