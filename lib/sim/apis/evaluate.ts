import { asSent } from '../events/encode.ts'
import { channelText } from '../events/channel-text.ts'
import { decode } from '../events/encode.ts'
import { headerPairs } from '../events/event-formats.ts'
import { expandText } from '../execution/expand-text.ts'
import { printed } from '../execution/expand.ts'
import { getGlobal } from '../core/globals.ts'
import { runApi, splitApi } from '../socket/run-api.ts'
import { variablesText } from '../channel/variables.ts'
import type { Api } from './api.ts'
import type { Switch } from '../core/switch.ts'

/** `uuid:<uuid> <text>`: the text, and the headers of that channel, with which `${…}` is looked up. */
const read = (sw: Switch, arg: string): { text: string; headers: ReadonlyMap<string, string> } => {
  const [, uuid, text = arg] = /^uuid:(\S+) ([^]*)$/i.exec(arg) ?? []
  const channel = uuid === undefined ? undefined : sw.channels.get(uuid)
  if (!channel) return { text, headers: new Map() }
  const pairs = headerPairs(asSent(`${channelText(channel)}${variablesText(channel)}`.slice(1)))
  return { text, headers: new Map(pairs.map(([name, value]) => [name, decode(value)])) }
}

const expandWith = (sw: Switch, text: string, headers: ReadonlyMap<string, string>): string =>
  expandText(text, {
    variable: (name) => headers.get(name) ?? getGlobal(sw, name),
    api: (name, arg) => printed(sw, name, arg),
  })

/** `eval [uuid:<uuid> ]<text>`: variables are headers of the channel (`variable_x`), or global. */
export const evaluate = (sw: Switch, arg: string): string => {
  const { text, headers } = read(sw, arg)
  return expandWith(sw, text, headers)
}

/** `expand [uuid:<uuid> ]<command> <argument>`: carries out an api command, with its argument evaluated. */
export const expandApi: Api = (sw, arg, output) => {
  const { text, headers } = read(sw, arg)
  if (text === '') {
    output('-ERR No input\n')
    return
  }
  const [name, rest] = splitApi(text)
  runApi(sw, rest === '' ? name : `${name} ${expandWith(sw, rest, headers)}`, output)
}
