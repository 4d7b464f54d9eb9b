import type { Channel } from '../channel/channel.ts'
import { enterState } from '../channel/transitions.ts'
import type { Switch } from '../core/switch.ts'
import { emit } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'

/** A leg that is dialed is told of, and waits for what the far end does. */
export const announceDialed = (sw: Switch, channel: Channel): void => {
  channel.state = 'CS_ROUTING'
  emit(sw, KINDS.create, channel)
  emit(sw, KINDS.originate, channel)
  enterState(sw, channel, 'CS_ROUTING')
  channel.state = 'CS_CONSUME_MEDIA'
  enterState(sw, channel, 'CS_CONSUME_MEDIA')
}
