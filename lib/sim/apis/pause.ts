import { NO_CHANNEL } from './api.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

/** `pause <uuid> on|off`: only what it says without a channel; to hold a playback up is not modelled. */
export const pause = (sw: Switch, arg: string): string => {
  const [uuid = '', how] = separate(arg, ' ', 4)
  if (uuid === '' || how === undefined) return '-USAGE: <uuid> <on|off>\n'
  return sw.channels.has(uuid) ? `-ERR pause ${how} is not modelled by the embedded switch\n` : NO_CHANNEL
}
