import type { Channel } from '../channel/channel.ts'
import { encode } from '../events/encode.ts'
import type { Dialog, Leg } from '../channel/leg.ts'
import { CALLED_CODEC, USER_AGENT, ALLOW } from '../channel/sip-texts.ts'
import { setBlock, setParts, unsetVariable } from '../channel/variables.ts'

/**
 * The variables of the calling leg, as the recordings have them: what mod_sofia sets when it sends the INVITE, and what
 * it learns from the answers (`sofia_handle_sip_i_state` in `src/mod/endpoints/mod_sofia/sofia.c`).
 */

/** The URI that is called, as it was written. */
const calledUri = ({ dialog, called }: Leg): string =>
  `${dialog.toUser}%40${encode((called?.authority ?? '') + (called?.params ?? ''))}`

const transportOf = ({ called }: Leg): string =>
  encode(/;transport=\w+/i.exec(called?.params ?? '')?.[0] ?? '')

/** Before the INVITE: who and where. */
export const setDialedVariables = (channel: Channel, leg: Leg, sessionId: number): void => {
  const { dialog } = leg
  setParts(channel, [
    [
      '',
      `
variable_direction: outbound
variable_is_outbound: true
variable_uuid: ${encode(channel.uuid)}`,
    ],
    [
      'call_uuid',
      `
variable_call_uuid: ${encode(channel.callUuid)}`,
    ],
    [
      '',
      `
variable_session_id: ${sessionId}`,
    ],
    [
      'sip_local_network_addr',
      `
variable_sip_local_network_addr: ${dialog.callerHost}`,
    ],
    [
      '',
      `
variable_sip_profile_name: ${leg.profile.name}`,
    ],
    [
      'video_media_flow',
      `
variable_video_media_flow: disabled`,
    ],
    [
      '',
      `
variable_text_media_flow: disabled
variable_channel_name: ${encode(channel.name)}
variable_sip_destination_url: sip%3A${calledUri(leg)}`,
    ],
  ])
}

/** For a bridge it is the codec of the other leg that is offered. */
const codecsOffered = ({ oneCodec }: Dialog): string => (oneCodec ? 'PCMU%408000h%4020i' : 'PCMU,PCMA')

/** With the INVITE: the media that is offered, and the addresses. */
export const setInviteVariables = (channel: Channel, leg: Leg, bridged: boolean): void => {
  const { dialog, profile } = leg
  const video = bridged ? [['video_media_flow', '\nvariable_video_media_flow: inactive'] as const] : []
  const { port, offer } = dialog.caller
  setParts(channel, [
    [
      '#offer',
      `
variable_rtp_use_codec_string: ${codecsOffered(dialog)}
variable_local_media_ip: ${dialog.callerHost}
variable_local_media_port: ${port}
variable_advertised_media_ip: ${dialog.callerHost}`,
    ],
    [
      'audio_media_flow',
      `
variable_audio_media_flow: sendrecv`,
    ],
    ...video,
    [
      '',
      `
variable_rtp_local_sdp_str: ${offer}a%3Dsendrecv%0D%0A
variable_sip_outgoing_contact_uri: %3Csip%3Amod_sofia%40${dialog.callerHost}%3A${dialog.callerPort}${transportOf(leg)}%3E
variable_sip_req_uri: ${calledUri(leg)}`,
    ],
    [
      '#hosts',
      `
variable_sip_to_host: ${encode(leg.called?.authority ?? '')}
variable_sip_from_host: ${dialog.callerHost}`,
    ],
    [
      '',
      `
variable_sofia_profile_name: ${profile.name}
variable_recovery_profile_name: ${profile.name}
variable_sofia_profile_url: sip%3Amod_sofia%40${dialog.callerHost}%3A${dialog.callerPort}`,
    ],
  ])
}

const RESPONSE = [
  'sip_local_network_addr', 'sip_reply_host', 'sip_reply_port', 'sip_network_ip', 'sip_network_port', 'ep_codec_string',
  'sip_user_agent', 'sip_allow', 'sip_recover_contact', 'sip_full_via', 'sip_recover_via', 'sip_from_display',
  'sip_full_from', 'sip_full_to', 'sip_from_user', 'sip_from_uri', 'sip_from_host', 'sip_to_user', 'sip_to_port',
  'sip_to_uri', 'sip_to_host', 'sip_contact_params', 'sip_contact_user', 'sip_contact_port', 'sip_contact_uri',
  'sip_contact_host', 'sip_to_tag', 'sip_from_tag', 'sip_cseq', 'sip_call_id', 'switch_r_sdp',
] // prettier-ignore
const CODECS = '\nvariable_ep_codec_string: CORE_PCM_MODULE.PCMU%408000h%4020i%4064000b'

/** What any answer to the INVITE tells, a 180 as well as a 200; `codecs` when it is about early media. */
export const setResponseVariables = (channel: Channel, leg: Leg, codecs = false): void => {
  const { dialog } = leg
  const from = `%3Csip%3A${dialog.fromUser}%40${dialog.callerHost}%3E%3Btag%3D${dialog.fromTag}`
  const display = dialog.fromName === '' ? '' : `\nvariable_sip_from_display: ${dialog.fromName}`
  const named = dialog.fromName === '' ? from : `%22${dialog.fromName}%22%20${from}`
  const via = `SIP/2.0/UDP%20${dialog.callerHost}%3A${dialog.callerPort}%3Brport%3D${dialog.callerPort}%3Bbranch%3Dz9hG4bK${dialog.branch}`
  const to = `${dialog.toUser}%40${dialog.calledHost}%3A${dialog.calledPort}`
  const local = `
variable_sip_local_network_addr: ${dialog.callerHost}`
  const rest = `
variable_sip_reply_host: ${dialog.calledHost}
variable_sip_reply_port: ${dialog.calledPort}
variable_sip_network_ip: ${dialog.calledHost}
variable_sip_network_port: ${dialog.calledPort}${codecs ? CODECS : ''}
variable_sip_user_agent: ${USER_AGENT}
variable_sip_allow: ${ALLOW}
variable_sip_recover_contact: %3Csip%3A${to}%3Btransport%3Dudp%3E
variable_sip_full_via: ${via}
variable_sip_recover_via: ${via}${display}
variable_sip_full_from: ${named}
variable_sip_full_to: %3Csip%3A${to}%3E%3Btag%3D${dialog.toTag}
variable_sip_from_user: ${dialog.fromUser}
variable_sip_from_uri: ${dialog.fromUser}%40${dialog.callerHost}
variable_sip_from_host: ${dialog.callerHost}
variable_sip_to_user: ${dialog.toUser}
variable_sip_to_port: ${dialog.calledPort}
variable_sip_to_uri: ${to}
variable_sip_to_host: ${dialog.calledHost}
variable_sip_contact_params: transport%3Dudp
variable_sip_contact_user: ${dialog.toUser}
variable_sip_contact_port: ${dialog.calledPort}
variable_sip_contact_uri: ${to}
variable_sip_contact_host: ${dialog.calledHost}
variable_sip_to_tag: ${dialog.toTag}
variable_sip_from_tag: ${dialog.fromTag}
variable_sip_cseq: ${dialog.cseq}
variable_sip_call_id: ${dialog.callId}`
  if (leg.heard === 'nothing')
    setParts(channel, [
      ['sip_local_network_addr', local],
      ['#hosts', rest],
    ])
  else setBlock(channel, local + rest, RESPONSE)
}

/** The SDP of the answer, before its media is set up: early media shows it alone. */
export const setAnswerSdp = (channel: Channel, leg: Leg): void =>
  setParts(channel, [['switch_r_sdp', `\nvariable_switch_r_sdp: ${leg.dialog.called.offer}`]])

/** The media that was agreed on; early media says its direction once more. */
export const setCallerMedia = (channel: Channel, leg: Leg, early: boolean): void => {
  const { dialog } = leg
  if (early) unsetVariable(channel, 'ep_codec_string')
  const flow = early ? [['audio_media_flow', '\nvariable_audio_media_flow: sendrecv'] as const] : []
  setParts(channel, [
    ['ep_codec_string', CODECS],
    [
      '#offer',
      `
variable_rtp_use_codec_string: ${codecsOffered(dialog)}
variable_remote_video_media_flow: inactive
variable_remote_text_media_flow: inactive
variable_remote_audio_media_flow: sendrecv`,
    ],
    ...flow,
    [
      '',
      `${CALLED_CODEC}
variable_dtmf_type: rfc2833
variable_local_media_ip: ${dialog.callerHost}
variable_local_media_port: ${dialog.caller.port}
variable_advertised_media_ip: ${dialog.callerHost}
variable_rtp_use_timer_name: soft
variable_rtp_use_pt: 0
variable_rtp_use_ssrc: ${dialog.caller.ssrc}
variable_rtp_2833_send_payload: 101
variable_rtp_2833_recv_payload: 101
variable_remote_media_ip: ${dialog.calledHost}
variable_remote_media_port: ${dialog.called.port}`,
    ],
  ])
}
