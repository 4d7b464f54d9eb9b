import { NO_CHANNEL } from './api.ts'
import type { Channel } from '../channel/channel.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'
import { getVariable, setVariable, unsetVariable } from '../channel/variables.ts'

const cut = (text: string): [first: string, rest: string] => {
  const blank = text.indexOf(' ')
  return blank < 0 ? [text, ''] : [text.slice(0, blank), text.slice(blank + 1)]
}

/** Variables that are no variables, but show the channel (`switch_channel_get_variable_dup`). */
const FIELDS: Readonly<Record<string, (channel: Channel) => string | undefined>> = {
  caller_id_name: ({ caller }) => caller?.name,
  caller_id_number: ({ caller }) => caller?.number,
  destination_number: ({ caller }) => caller?.destination,
  context: ({ caller }) => caller?.context,
  network_addr: ({ caller }) => caller?.networkAddr,
  state: ({ running }) => running,
}

/** `uuid_getvar <uuid> <name>`: the value, or `_undef_`. */
export const uuidGetvar = (sw: Switch, arg: string): string => {
  const [uuid, name] = cut(arg)
  if (uuid === '' || name === '') return '-USAGE: <uuid> <var>\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  const value = getVariable(channel, name) ?? FIELDS[name]?.(channel) ?? ''
  return value === '' ? '_undef_' : value
}

/** `uuid_setvar <uuid> <name> [value]`; without a value it unsets. The words are taken apart with their quoting. */
export const uuidSetvar = (sw: Switch, arg: string): string => {
  const [uuid = '', name = '', value = ''] = separate(arg, ' ', 3)
  if (uuid === '' || name === '') return '-USAGE: <uuid> <var> [value]\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  setVariable(channel, name, value)
  return '+OK\n'
}

const MOST = 64

/** `uuid_setvar_multi <uuid> a=b;c=d`: 64 at most; a name without `=` unsets it; `^^<d>` makes another delimiter. */
export const uuidSetvarMulti = (sw: Switch, arg: string): string => {
  const [uuid, pairs] = cut(arg)
  if (uuid === '' || pairs === '') return '-USAGE: <uuid> <var>=<value>;<var>=<value>...\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  const [, delimiter = ';', list = ''] = /^(?:\^\^(.))?([^]*)$/.exec(pairs) ?? []
  for (const pair of list.split(delimiter).slice(0, MOST)) {
    const equals = pair.indexOf('=')
    if (equals < 0) unsetVariable(channel, pair)
    else setVariable(channel, pair.slice(0, equals), pair.slice(equals + 1))
  }
  return '+OK\n'
}
