import { answer, preAnswer, ringReady } from '../calls/called-side.ts'
import type { Channel } from '../channel/channel.ts'
import type { Switch } from '../core/switch.ts'

/** These three say so little of an unknown channel: `-ERROR`. */
const onChannel =
  (act: (sw: Switch, channel: Channel) => void) =>
  (sw: Switch, arg: string): string => {
    const channel = sw.channels.get(arg)
    if (!channel) return arg === '' ? '-USAGE: <uuid>\n' : '-ERROR\n'
    act(sw, channel)
    return '+OK\n'
  }

export const uuidAnswer = onChannel(answer)
export const uuidPreAnswer = onChannel(preAnswer)
export const uuidRingReady = onChannel(ringReady)
