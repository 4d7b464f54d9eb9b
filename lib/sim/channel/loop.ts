import type { Channel } from './channel.ts'
import { isUp } from './channel.ts'
import { hangup } from './hangup.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'

/** What a leg of `loopback/` has in the place of SIP: its other end. A leg of `null/` has none. */
export interface Loop {
  other: Channel | undefined
}

/** One end has hung up, and takes the other along with its next frame (`channel_on_hangup` in `mod_loopback.c`). */
export const leaveLoop = (sw: Switch, { loop, hangupCause = 'NORMAL_CLEARING' }: Channel): void => {
  const other = loop?.other
  if (!other || !isUp(other)) return
  later(sw, TIMING.frame, () => hangup(sw, other, hangupCause, 'far end'))
}
