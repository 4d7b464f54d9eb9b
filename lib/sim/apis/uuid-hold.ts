import { hold, unhold } from '../channel/hold.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

const USAGE = '-USAGE: [off|toggle] <uuid> [<display>]\n-ERR Operation failed\n'

/** `uuid_hold [off|toggle] <uuid>`; a channel that does not exist is a success, as on the real switch. */
export const uuidHold = (sw: Switch, arg: string): string => {
  const words = separate(arg, ' ', 4)
  const [first = ''] = words
  if (first === '') return USAGE
  const how = first.toLowerCase()
  const uuid = how === 'off' || how === 'toggle' ? words[1] : first
  const channel = sw.channels.get(uuid ?? '')
  if (!channel) return '+OK Success\n'
  if (channel.answerState !== 'answered')
    return '-ERR the hold of a leg that is not answered is not modelled by the embedded switch\n'
  const off = how === 'off' || (how === 'toggle' && channel.callState === 'HELD')
  return (off ? unhold(sw, channel) : hold(sw, channel)) ? '+OK Success\n' : '-ERR Operation failed\n'
}
