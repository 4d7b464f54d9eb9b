import { emitInfo, showParty } from '../calls/display.ts'
import type { Channel } from '../channel/channel.ts'
import { tellPeer } from '../channel/hold.ts'
import { reinvite } from '../channel/reinvite.ts'
import type { Switch } from '../core/switch.ts'
import { FAILED, OK, sessionApi, SUCCESS } from './session-api.ts'

/** Api commands that send something to the far end of a leg. */

const NO_SUCH = '-ERR No such channel %s!\n'

const refused = (what: string): string => `-ERR ${what} is not modelled by the embedded switch\n`

/** `uuid_display <uuid> <name>|<number>`: the phone is told whom it talks to. */
export const uuidDisplay = sessionApi({
  usage: '<uuid> <display>',
  least: 2,
  most: 2,
  missing: FAILED,
  run(sw, channel, [, display = '']) {
    const [name = '', number] = display.split('|')
    if (name !== '') showParty(sw, channel, name, number ?? channel.caller?.destination ?? '')
    return SUCCESS
  },
})

/** `uuid_send_info <uuid> [<mime type> <mime subtype>] <message>`: RECV_INFO at the far end. */
export const uuidSendInfo = sessionApi({
  usage: '<uuid> [<mime_type> <mime_subtype>] <message>',
  least: 1,
  most: 4,
  missing: '-ERR Operation failed\n',
  run(sw, channel, [, ...words]) {
    const [type, subtype, message] = words.length > 2 ? words : ['freeswitch', 'data', words.join(' ')]
    tellPeer(sw, channel, (peer) => emitInfo(sw, peer, `${type ?? ''}/${subtype ?? ''}`, message))
    return SUCCESS
  },
})

const sendReinvite = (sw: Switch, channel: Channel): string => {
  reinvite(sw, channel)
  return SUCCESS
}

/** `uuid_media_reneg <uuid> [<codecs>]`: a re-INVITE. */
export const uuidMediaReneg = sessionApi({
  usage: '<uuid>[ <codec_string>]',
  least: 1,
  most: 4,
  missing: '-ERR Operation Failed\n',
  run: (sw, channel, words) =>
    words.length > 1 ? refused('another codec than PCMU') : sendReinvite(sw, channel),
})

/** `uuid_media [off] <uuid>`: of a leg that is in no bridge, where it comes to a re-INVITE and nothing else. */
export const uuidMedia = (sw: Switch, arg: string): string => {
  const [first = '', second = ''] = arg.split(/ +/)
  if (first === '') return `-USAGE: [off] <uuid>\n${FAILED}`
  const off = first.toLowerCase() === 'off'
  const channel = sw.channels.get(off ? second : first)
  if (!channel || channel.answerState !== 'answered') return FAILED
  if (channel.partner !== undefined) return refused('media that goes by the switch')
  return off ? SUCCESS : sendReinvite(sw, channel)
}

/** `uuid_simplify <uuid>`: takes the switch out of a bridge with another switch; without a bridge there is nothing to do. */
export const uuidSimplify = sessionApi({
  usage: '<uuid>',
  least: 1,
  most: 2,
  missing: FAILED,
  run: (_, channel) =>
    channel.partner === undefined ? SUCCESS : refused('taking the switch out of a bridge'),
})

/** `uuid_phone_event <uuid> talk|hold`: a NOTIFY, of which the far end makes nothing. */
export const uuidPhoneEvent = sessionApi({
  usage: `-USAGE: <uuid>\n${FAILED}`,
  least: 1,
  most: 2,
  missing: FAILED,
  run: () => SUCCESS,
})

/** `uuid_chat <uuid> <text>`: a message within the dialog, of which the far end makes nothing. */
export const uuidChat = sessionApi({
  usage: '<uuid> <text>',
  least: 2,
  most: 2,
  missing: NO_SUCH,
  run: () => OK,
})

/** `uuid_deflect <uuid> <uri>`, `uuid_redirect <uuid> <uri>`: a REFER, which is not modelled. */
export const uuidDeflect = sessionApi({
  usage: '<uuid> <uri>',
  least: 2,
  most: 2,
  missing: NO_SUCH,
  run: () => refused('a REFER'),
})
