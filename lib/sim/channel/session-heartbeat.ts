import { cancel, later, type Switch } from '../core/switch.ts'
import { emit } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'
import { isUp, type Channel } from './channel.ts'

/** SESSION_HEARTBEAT, again and again, while the channel is up (`switch_core_session_read_frame`). */
const beat = (sw: Switch, channel: Channel, seconds: number): void => {
  channel.heartbeat = later(
    sw,
    seconds * 1000,
    () => {
      if (!isUp(channel)) return
      emit(sw, KINDS.sessionHeartbeat, channel)
      beat(sw, channel, seconds)
    },
    true,
  )
}

/** Every so many seconds; 0 for never (`switch_core_session_enable_heartbeat`). */
export const setHeartbeat = (sw: Switch, channel: Channel, seconds: number): void => {
  cancel(sw, channel.heartbeat)
  if (seconds > 0) beat(sw, channel, seconds)
}
