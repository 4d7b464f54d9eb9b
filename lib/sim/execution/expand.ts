import { APIS } from '../apis/index.ts'
import { KNOWN_APIS } from '../apis/known-apis.ts'
import { getGlobal } from '../core/globals.ts'
import { runApi } from '../socket/run-api.ts'
import { getVariable } from '../channel/variables.ts'
import type { Channel } from '../channel/channel.ts'
import { apisCalled, expandText } from './expand-text.ts'
import type { Switch } from '../core/switch.ts'

/** What the caller profile knows besides the variables (`switch_caller_get_field_by_name` in `src/switch_caller.c`). */
const profileField = ({ caller }: Channel, name: string): string | undefined => {
  if (!caller) return undefined
  const fields: Readonly<Record<string, string>> = {
    dialplan: caller.dialplan,
    username: caller.username,
    caller_id_name: caller.name,
    caller_id_number: caller.number,
    orig_caller_id_name: caller.origName,
    orig_caller_id_number: caller.origNumber,
    callee_id_name: caller.calleeName,
    callee_id_number: caller.calleeNumber,
    network_addr: caller.networkAddr,
    ani: caller.ani,
    rdnis: caller.rdnis,
    destination_number: caller.destination,
    uuid: caller.uuid,
    source: caller.source,
    transfer_source: caller.transferSource,
    context: caller.context,
    chan_name: caller.channelName,
  }
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/**
 * What an api command prints, for a text to be put together of. One that takes its time is not waited for: a real
 * switch holds its thread up.
 */
export const printed = (sw: Switch, name: string, arg: string): string => {
  if (!sw.stores.apiExpansion) return '<API Execute Permission Denied>'
  if (!APIS.has(name.toLowerCase()) && !KNOWN_APIS.has(name.toLowerCase())) return ''
  let output = `-ERR to wait for ${name} in a text is not modelled by the embedded switch\n`
  runApi(sw, arg === '' ? name : `${name} ${arg}`, (text) => (output = text))
  return output
}

/** `${name}` in an application's argument stands for a channel variable, `${api(…)}` for what that prints. */
export const expand = (sw: Switch, channel: Channel, text: string): string =>
  expandText(text, {
    variable: (name) => getVariable(channel, name) ?? profileField(channel, name) ?? getGlobal(sw, name),
    api: (name, arg) => printed(sw, name, arg),
  })

/** An api command that a text calls by `${name(…)}`, and that is not modelled. */
export const missingApi = (text: string): string | undefined =>
  apisCalled(text).find((name) => KNOWN_APIS.has(name.toLowerCase()) && !APIS.has(name.toLowerCase()))
