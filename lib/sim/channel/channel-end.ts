import type { Channel } from './channel.ts'
import { emit } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'
import { forgetTasks } from '../core/schedule.ts'
import type { Switch } from '../core/switch.ts'
import { enterState } from './transitions.ts'

/** The channel is gone: CHANNEL_DESTROY, and its last CHANNEL_STATE (`switch_core_session_perform_destroy`). */
export const endChannel = (sw: Switch, channel: Channel): void => {
  if (channel.state === 'CS_DESTROY') return
  channel.state = 'CS_DESTROY'
  emit(sw, KINDS.destroy, channel)
  enterState(sw, channel, 'CS_DESTROY')
  sw.channels.delete(channel.uuid)
  forgetTasks(sw, channel)
}

/** Whether anything, an originate, a bridge, a connection, keeps a channel that has hung up from being destroyed. */
export const isKept = ({ held, controllers }: Channel): boolean => held || controllers.length > 0

const endIfFree = (sw: Switch, channel: Channel): void => {
  if (channel.running === 'CS_REPORTING' && !isKept(channel)) endChannel(sw, channel)
}

/** A connection controls a channel no longer. */
export const giveUpControl = (sw: Switch, channel: Channel, hungUp: () => void): void => {
  channel.controllers = channel.controllers.filter((one) => one !== hungUp)
  endIfFree(sw, channel)
}

/** An originate or a bridge lets go of a leg: if that has hung up meanwhile, it is destroyed now. */
export const release = (sw: Switch, channel: Channel): void => {
  if (!channel.held) return
  channel.held = false
  endIfFree(sw, channel)
}
