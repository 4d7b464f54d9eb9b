import { profileText } from '../channel/profile-text.ts'
import type { Channel } from '../channel/channel.ts'
import { encode } from './encode.ts'
import { stateText } from './state-text.ts'

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

const HIT = '\nChannel-HIT-Dialplan: true\nChannel-Call-UUID: '
const PASSED = '\nChannel-HIT-Dialplan: false\nChannel-Call-UUID: '

const ANSWER = {
  ringing: '\nAnswer-State: ringing',
  early: '\nAnswer-State: early',
  answered: '\nAnswer-State: answered',
  hangup: '\nAnswer-State: hangup',
} as const

const OTHER = {
  originator: '\nOther-Type: originator',
  originatee: '\nOther-Type: originatee',
} as const

/**
 * The headers of a channel, in the order of `switch_channel_event_set_basic_data` in `src/switch_channel.c`, without its
 * variables. They are put together of few pieces: each costs as much as a hundred characters do when the event is written.
 */
export const channelText = (channel: Channel): string => {
  const { caller, other, hangupCause } = channel
  let text =
    stateText(channel) +
    channel.identity +
    (channel.hitDialplan ? HIT : PASSED) +
    encode(channel.callUuid) +
    ANSWER[channel.answerState]
  if (hangupCause !== undefined) text += `\nHangup-Cause: ${hangupCause}`
  if (channel.codec) text += codecText(channel)
  if (caller) text += profileText(caller, 'Caller')
  if (other) text += OTHER[other.type] + profileText(other.profile, 'Other-Leg')
  return text
}
