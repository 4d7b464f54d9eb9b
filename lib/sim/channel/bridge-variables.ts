import type { Channel } from './channel.ts'
import { encode } from '../events/encode.ts'
import {
  getVariable,
  partOf,
  setBlock,
  setOwn,
  setParts,
  setVariable,
  unsetOwn,
  unsetVariable,
} from './variables.ts'

/** What a bridge leaves in the variables of its two legs (`switch_ivr_originate.c`, `switch_ivr_bridge.c`). */

/** `DIALSTATUS`, the way Asterisk would call it. */
const DIAL_STATUS: Readonly<Record<string, string>> = {
  NORMAL_CLEARING: 'ANSWER',
  USER_BUSY: 'BUSY',
  NO_ANSWER: 'NOANSWER',
  ORIGINATOR_CANCEL: 'CANCEL',
  NO_USER_RESPONSE: 'NOANSWER',
  CALL_REJECTED: 'BUSY',
  INVALID_GATEWAY: 'INVALID_GATEWAY',
}

/** Appends to a variable that becomes an array with its second value (`SWITCH_STACK_PUSH`). */
const push = (channel: Channel, name: string, value: string): void => {
  const before = getVariable(channel, name)
  const all =
    before === undefined
      ? value
      : before.startsWith('ARRAY::')
        ? `${before}|:${value}`
        : `ARRAY::${before}|:${value}`
  setOwn(channel, name, all)
}

export const setBridgeStarted = (channel: Channel): void => {
  setOwn(channel, 'originate_disposition', 'failure')
  setOwn(channel, 'DIALSTATUS', 'INVALIDARGS')
}

export const setBridgeLeg = (channel: Channel, leg: Channel): void => {
  setOwn(channel, 'originate_signal_bond', leg.uuid)
  push(
    channel,
    'originated_legs',
    `${leg.uuid};${leg.caller?.calleeName ?? ''};${leg.caller?.calleeNumber ?? ''}`,
  )
}

/** The legs that rang and how each ended; the one that is taken has not. */
export const setBridgeSucceeded = (channel: Channel, leg: Channel, legs: readonly Channel[]): void => {
  setOwn(channel, 'originate_disposition', 'SUCCESS')
  setOwn(channel, 'DIALSTATUS', 'SUCCESS')
  for (const one of legs) push(channel, 'originate_causes', `${one.uuid};${one.hangupCause ?? 'NONE'}`)
  unsetOwn(channel, 'originate_signal_bond')
  setVariable(channel, 'signal_bond', leg.uuid)
}

/** Legs that have failed, all of them; others may have their turn. */
export const setLegsFailed = (channel: Channel, cause: string, legs: readonly Channel[]): void => {
  setOwn(channel, 'originate_disposition', cause)
  setOwn(channel, 'DIALSTATUS', DIAL_STATUS[cause] ?? cause)
  for (const leg of legs) {
    const refused = getVariable(leg, 'proto_specific_hangup_cause') !== undefined
    if (refused) setOwn(channel, 'sip_hangup_phrase', getVariable(leg, 'sip_invite_failure_phrase') ?? '')
    push(channel, 'originate_causes', `${leg.uuid};${leg.hangupCause ?? 'NO_ANSWER'}`)
  }
}

/** A bridge that failed, and the legs that had been dialed last. */
export const setBridgeFailed = (channel: Channel, cause: string, legs: readonly Channel[]): void => {
  const refused = legs.find((leg) => getVariable(leg, 'proto_specific_hangup_cause') !== undefined)
  if (refused)
    for (const name of ['sip_invite_failure_status', 'sip_invite_failure_phrase'])
      setVariable(channel, name, getVariable(refused, name) ?? '')
  setLegsFailed(channel, cause, legs)
  setOwn(channel, 'originate_failed_cause', cause)
}

const MOST_FORWARDS = 70

/** The media of the leg that is bridged to is what the other one has, too: there is no video, and no text. */
export const setPartnerMedia = (channel: Channel, leg: Channel): void => {
  const sdp = leg.leg?.dialog.called.offer
  if (sdp === undefined) return
  setBlock(
    channel,
    `\nvariable_switch_m_sdp: ${sdp}\nvariable_video_media_flow: inactive\nvariable_text_media_flow: inactive`,
    ['switch_m_sdp', 'video_media_flow', 'text_media_flow'],
  )
}

/** What the dialed leg knows of the one that it is for. */
export const setOriginatorVariables = (leg: Channel, originator: Channel): void => {
  const uuid = encode(originator.uuid)
  const forwards = getVariable(originator, 'max_forwards')
  const hops = forwards === undefined ? MOST_FORWARDS : Number(forwards) - 1
  const offer = originator.leg ? (originator.direction === 'inbound' ? 'caller' : 'called') : undefined
  const sdp = offer && originator.leg ? `\nvariable_switch_m_sdp: ${originator.leg.dialog[offer].offer}` : ''
  unsetVariable(leg, 'call_uuid')
  setParts(leg, [
    partOf('max_forwards', String(hops)),
    ['', `\nvariable_originator_codec: PCMU%408000h%4020i\nvariable_originator: ${uuid}`],
    partOf('signal_bond', uuid),
    ['', sdp],
    partOf('call_uuid', encode(originator.callUuid)),
  ])
  leg.callUuid = originator.callUuid
}

const PARTNER = ['bridge_to', 'last_bridge_to', 'bridge_channel', 'bridge_uuid']

/** Each leg knows the other from here on. */
export const setPartner = (channel: Channel, partner: Channel): void => {
  const uuid = encode(partner.uuid)
  for (const name of PARTNER) unsetVariable(channel, name)
  setParts(channel, [
    [
      '',
      `\nvariable_bridge_to: ${uuid}\nvariable_last_bridge_to: ${uuid}` +
        `\nvariable_bridge_channel: ${encode(partner.name)}\nvariable_bridge_uuid: ${uuid}`,
    ],
    partOf('signal_bond', uuid),
  ])
}
