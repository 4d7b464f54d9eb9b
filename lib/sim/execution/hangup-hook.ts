import type { Channel } from '../channel/channel.ts'
import { getVariable, variablesText } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import { channelText } from '../events/channel-text.ts'
import { emitNameless } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { runApi, splitApi } from '../socket/run-api.ts'
import { expand } from './expand.ts'

/**
 * `api_hangup_hook`: an api command, run when the channel has hung up. What goes to it, all that is known of the
 * channel, is fired as an event that has neither a name nor an origin (`api_hook` in `src/switch_core_state_machine.c`).
 */
export const runHangupHook = (sw: Switch, channel: Channel): void => {
  const hook = getVariable(channel, 'api_hangup_hook')
  if (hook === undefined) return
  const line = hook.replace('::', ' ')
  const [name, arg] = splitApi(line)
  const expanded = expand(sw, channel, arg)
  const variables = variablesText(channel)
  const known = variables.replaceAll('\nvariable_', '\n') + channelText(channel) + variables
  runApi(
    sw,
    expanded === '' ? name : `${name} ${expanded}`,
    () => undefined,
    () =>
      emitNameless(sw, `${known}${header('API-Command', name)}${header('API-Command-Argument', expanded)}`),
  )
}
