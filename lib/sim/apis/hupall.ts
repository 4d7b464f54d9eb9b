import { isUp } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { readCause } from '../channel/sip-causes.ts'
import type { Switch } from '../core/switch.ts'
import { getVariable } from '../channel/variables.ts'

/** `hupall [cause] [variable value]`: hangs up every channel, or those with that value (`hupall_api_function`). */
export const hupall = (sw: Switch, arg: string): string => {
  const [given = '', name, value] = arg.split(/ +/)
  const cause = given === '' ? 'MANAGER_REQUEST' : readCause(given)
  const chosen = [...sw.channels.values()].filter(
    (channel) => isUp(channel) && (name === undefined || getVariable(channel, name) === (value ?? '')),
  )
  for (const channel of chosen.reverse()) hangup(sw, channel, cause, 'command')
  return name === undefined || value === undefined
    ? `+OK hangup all channels with cause ${cause}\n`
    : `+OK hangup all channels matching [${name}]=[${value}] with cause: ${cause}\n`
}
