import { NO_CHANNEL } from './api.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'
import { canTransfer, transfer } from '../calls/transfer.ts'

const USAGE = '-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n'

/** `uuid_transfer <uuid> [-bleg|-both] <extension> [<dialplan> [<context>]]` (`transfer_function` in `mod_commands.c`). */
export const uuidTransfer = (sw: Switch, arg: string): string => {
  const words = separate(arg, ' ', 5)
  if (words.length < 2) return USAGE
  const [uuid = '', ...rest] = words
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  const option = rest[0]?.startsWith('-') ? rest.shift()?.toLowerCase() : undefined
  const [extension = '', dialplan, context] = rest
  const partner = channel.partner === undefined ? undefined : sw.channels.get(channel.partner)
  const legs = option === '-bleg' ? [partner ?? channel] : [channel]
  if (option === '-both' && partner) legs.unshift(partner)
  if (!legs.every(canTransfer))
    return '-ERR the transfer of a leg that is being dialed is not modelled by the embedded switch\n'
  for (const leg of legs)
    transfer(sw, leg, { extension: extension === '' ? 'service' : extension, dialplan, context })
  return '+OK\n'
}
