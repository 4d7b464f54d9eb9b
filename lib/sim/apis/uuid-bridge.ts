import { separate } from '../calls/separate.ts'
import { bridgeChannels } from '../calls/uuid-bridge.ts'
import type { Switch } from '../core/switch.ts'

/** `uuid_bridge <uuid> <other uuid> [<another>]`: the third is tried when the second fails (`uuid_bridge_function`). */
export const uuidBridge = (sw: Switch, arg: string): string => {
  const [uuid = '', ...others] = separate(arg, ' ', 4)
  if (others.length === 0) return '-USAGE: <uuid> <other_uuid>\n'
  const first = sw.channels.get(uuid)
  const who = others.slice(0, 2).find((other) => {
    const second = sw.channels.get(other)
    return first !== undefined && second !== undefined && bridgeChannels(sw, first, second)
  })
  return who === undefined ? '-ERR Invalid uuid\n' : `+OK ${who}\n`
}
