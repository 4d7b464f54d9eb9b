import { profileText } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { encode } from './encode.ts'
import { STATE_NUMBER } from '../channel/states.ts'

const codecText = (read: string, bits: number): string =>
  `\nChannel-Read-Codec-Name: ${read}\nChannel-Read-Codec-Rate: 8000\nChannel-Read-Codec-Bit-Rate: ${bits}` +
  '\nChannel-Write-Codec-Name: PCMU\nChannel-Write-Codec-Rate: 8000\nChannel-Write-Codec-Bit-Rate: 64000'

const CODEC = { PCMU: codecText('PCMU', 64_000), L16: codecText('L16', 128_000) } as const

/**
 * The headers of a channel, in the order of `switch_channel_event_set_basic_data` in `src/switch_channel.c`, without its
 * variables.
 */
export const channelText = (channel: Channel): string => {
  const { caller, other, hangupCause } = channel
  return (
    `\nChannel-State: ${channel.running}\nChannel-Call-State: ${channel.callState}` +
    `\nChannel-State-Number: ${STATE_NUMBER[channel.state]}${channel.identity}${channel.hitDialplan}` +
    `\nChannel-Call-UUID: ${encode(channel.callUuid)}\nAnswer-State: ${channel.answerState}` +
    (hangupCause === undefined ? '' : `\nHangup-Cause: ${hangupCause}`) +
    (channel.codec ? CODEC[channel.readCodec] : '') +
    (caller ? profileText(caller, 'Caller') : '') +
    (other ? `\nOther-Type: ${other.type}${profileText(other.profile, 'Other-Leg')}` : '')
  )
}
