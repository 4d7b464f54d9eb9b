import { separate } from '../calls/separate.ts'
import type { Channel } from '../channel/channel.ts'
import type { Switch } from '../core/switch.ts'
import { NO_CHANNEL } from './api.ts'

/** How an api command about a session reads its words, and what it says when they are not right. */
export interface SessionApi {
  /** What stands behind `-USAGE: `, without the newline; the whole text when it begins with something else. */
  readonly usage: string
  /** How many words there have to be, and how many they are cut into. */
  readonly least: number
  readonly most: number
  /** What it says where there is no such session; `%s` is the uuid. */
  readonly missing?: string
  readonly run: (sw: Switch, channel: Channel, words: readonly string[]) => string
}

export const OK = '+OK\n'
export const SUCCESS = '+OK Success\n'
export const FAILED = '-ERR Operation failed\n'

/** An api command whose first word is a session's uuid, as most of `mod_commands.c` are made. */
export const sessionApi =
  ({ usage, least, most, missing = NO_CHANNEL, run }: SessionApi) =>
  (sw: Switch, arg: string): string => {
    const words = separate(arg, ' ', most)
    const [uuid = ''] = words
    if (words.length < least || uuid === '') return usage.startsWith('<') ? `-USAGE: ${usage}\n` : usage
    const channel = sw.channels.get(uuid)
    return channel ? run(sw, channel, words) : missing.replace('%s', uuid)
  }
