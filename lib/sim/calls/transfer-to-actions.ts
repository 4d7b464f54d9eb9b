import type { Channel } from '../channel/channel.ts'
import type { Action } from './dialplan.ts'
import { redirect } from './redirect.ts'
import { runActions } from './route.ts'
import type { Switch } from '../core/switch.ts'
import { enterState } from '../channel/transitions.ts'

/**
 * Gives a channel an extension of its own to run, in place of what it does: `xferext`
 * (`switch_channel_transfer_to_extension` in `src/switch_channel.c`).
 */
export const transferToActions = (sw: Switch, channel: Channel, actions: readonly Action[]): void => {
  channel.state = 'CS_ROUTING'
  redirect(sw, channel, () => {
    enterState(sw, channel, 'CS_ROUTING')
    runActions(sw, channel, actions)
  })
}
