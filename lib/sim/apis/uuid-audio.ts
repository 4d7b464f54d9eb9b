import { NO_CHANNEL } from './api.ts'
import { sendingChanged } from '../media/sending.ts'
import { addBug, removeBug } from '../channel/media-bugs.ts'
import type { Switch } from '../core/switch.ts'

const USAGE = '-USAGE: <uuid> [start [read|write] [mute|level <level>]|stop]\n'

/**
 * `uuid_audio <uuid> start read|write mute|level <level>`, `uuid_audio <uuid> stop`: kept with the channel. What is
 * muted is silence to a recording at the other end; digits are no audio, and pass (`session_audio_function`).
 */
export const uuidAudio = (sw: Switch, arg: string): string => {
  const words = arg.split(' ')
  const [uuid = '', verb = '', side = '', what = '', level] = words.map((word) => word.toLowerCase())
  if (words.length < 2) return USAGE
  const channel = sw.channels.get(words[0] ?? uuid)
  if (!channel) return NO_CHANNEL
  if (verb === 'stop') {
    channel.audio = undefined
    removeBug(sw, channel, 'audio')
    sendingChanged(channel)
    return '+OK\n'
  }
  if (verb !== 'start' || level === undefined || (side !== 'read' && side !== 'write')) return USAGE
  if (what !== 'mute' && what !== 'level') return USAGE
  if (!channel.audio) addBug(sw, channel, { fn: 'audio', target: what })
  const before = channel.audio?.[side] ?? { mute: 0, level: 0 }
  channel.audio = { ...channel.audio, [side]: { ...before, [what]: Number.parseInt(level, 10) || 0 } }
  sendingChanged(channel)
  return '+OK\n'
}
