import type { Channel } from '../channel/channel.ts'
import { emitWithHeaders, isWanted, nextSequence } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'
import type { Message } from '../execution/message.ts'
import type { Switch } from '../core/switch.ts'

/** The message that was carried out becomes an event: its own headers come first, Event-Name among the rest. */
export const emitPrivateCommand = (sw: Switch, channel: Channel, message: Message): void => {
  if (!isWanted(sw, KINDS.privateCommand) && !isWanted(sw, KINDS.broadcast)) {
    nextSequence(sw)
    return
  }
  const headers = message.headers()
  const name = headers.startsWith('\nEvent-Name: COMMAND') ? 'COMMAND' : 'PRIVATE_COMMAND'
  emitWithHeaders(sw, KINDS.privateCommand, channel, headers, name)
}
