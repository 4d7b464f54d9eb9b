import { profileText } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { encode } from './encode.ts'
import { STATE_NUMBER } from '../channel/states.ts'

const BITS = { PCMU: 64_000, L16: 128_000 } as const

const side = (which: 'Read' | 'Write', codec: keyof typeof BITS): string =>
  `\nChannel-${which}-Codec-Name: ${codec}\nChannel-${which}-Codec-Rate: 8000` +
  `\nChannel-${which}-Codec-Bit-Rate: ${BITS[codec]}`

/** Most channels speak PCMU both ways. */
const PCMU = side('Read', 'PCMU') + side('Write', 'PCMU')

const codecText = ({ readCodec, writeCodec }: Channel): string =>
  readCodec === 'PCMU' && writeCodec === 'PCMU'
    ? PCMU
    : side('Read', readCodec) + (writeCodec === undefined ? '' : side('Write', writeCodec))

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
    (channel.codec ? codecText(channel) : '') +
    (caller ? profileText(caller, 'Caller') : '') +
    (other ? `\nOther-Type: ${other.type}${profileText(other.profile, 'Other-Leg')}` : '')
  )
}
