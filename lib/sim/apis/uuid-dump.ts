import { NO_CHANNEL } from './api.ts'
import { channelText } from '../events/channel-text.ts'
import { asSent } from '../events/encode.ts'
import { eventHead } from '../events/event-head.ts'
import { nextSequence } from '../events/emit.ts'
import { toJson, toXml } from '../events/event-formats.ts'
import { KINDS } from '../events/kinds.ts'
import type { Switch } from '../core/switch.ts'
import { variablesText } from '../channel/variables.ts'

/** `uuid_dump <uuid> [plain|json|xml]`: the channel as an event, CHANNEL_DATA. */
export const uuidDump = (sw: Switch, arg: string): string => {
  const [uuid = '', format = 'plain'] = arg.split(/ +/)
  if (uuid === '') return '-USAGE: <uuid> [format]\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  const text =
    eventHead(sw, KINDS.channelData, nextSequence(sw)) + channelText(channel) + variablesText(channel)
  if (format === 'json') return toJson(text, '')
  return format === 'xml' ? toXml(text, '') : `${asSent(text)}\n\n`
}
