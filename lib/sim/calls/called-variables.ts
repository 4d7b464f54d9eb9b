import type { Channel } from '../channel/channel.ts'
import { encode } from '../events/encode.ts'
import type { Dialog, Leg } from '../channel/leg.ts'
import { ALLOW, CALLED_CODEC, USER_AGENT } from '../channel/sip-texts.ts'
import { partOf, setParts, type Part } from '../channel/variables.ts'

/**
 * The variables of the called leg, as the recordings have them: what mod_sofia reads out of the INVITE
 * (`sofia_handle_sip_i_invite` in `src/mod/endpoints/mod_sofia/sofia.c`), and what answering adds.
 */

const fromAddress = (d: Dialog): string =>
  `${d.fromUser}%40${d.callerHost}${d.phone ? `%3A${d.callerPort}` : ''}`

const remoteParty = (d: Dialog): string =>
  `\nvariable_sip_Remote-Party-ID: ${quotedName(d)}%3Csip%3A${fromAddress(d)}%3E` +
  '%3Bparty%3Dcalling%3Bscreen%3Dyes%3Bprivacy%3Doff\nvariable_sip_cid_type: rpid'

/** FreeSWITCH quotes the caller's name; a phone may write it as it is. */
const quotedName = ({ fromName, phone }: Dialog): string => {
  if (fromName === '') return ''
  return phone ? `${fromName}%20` : `%22${fromName}%22%20`
}

/** Via, From and To as they came in a request; `toTag` once the dialog has one. */
const namesOf = (d: Dialog, branch: string, toTag: string): string => {
  const rport = d.phone ? '' : `%3Brport%3D${d.callerPort}`
  const to = `%3Csip%3A${d.toUser}%40${d.calledHost}%3A${d.calledPort}%3E${toTag}`
  const display = d.fromName === '' ? '' : `\nvariable_sip_from_display: ${d.fromName}`
  const toName = d.phone?.toName ? encode(d.phone.toName) : ''
  return (
    `\nvariable_sip_full_via: SIP/2.0/UDP%20${d.callerHost}%3A${d.callerPort}${rport}%3Bbranch%3Dz9hG4bK${branch}` +
    `${display}\nvariable_sip_full_from: ${quotedName(d)}%3Csip%3A${fromAddress(d)}%3E%3Btag%3D${d.fromTag}` +
    (toName === '' ? '' : `\nvariable_sip_to_display: ${toName}`) +
    `\nvariable_sip_full_to: ${toName === '' ? '' : `${toName}%20`}${to}`
  )
}

const userAgentOf = ({ phone }: Dialog): string => {
  const agent = phone ? encode(phone.userAgent ?? '') : USER_AGENT
  return agent === '' ? '' : `\nvariable_sip_user_agent: ${agent}`
}

const dtmfType = ({ phone }: Dialog): string => phone?.dtmf ?? 'rfc2833'

const PAYLOADS = '\nvariable_rtp_2833_send_payload: 101\nvariable_rtp_2833_recv_payload: 101'

/** All that came with the INVITE. `sipHeaders` are the caller's `sip_h_…` variables. */
export const setReceivedVariables = (
  channel: Channel,
  leg: Leg,
  details: { sessionId: number; stamp: number; sipHeaders: readonly Part[]; maxForwards: string },
): void => {
  const { dialog: d, profile } = leg
  const to = `${d.toUser}%40${d.calledHost}%3A${d.calledPort}`
  const contact = d.phone ? d.fromUser : 'mod_sofia'
  setParts(channel, [
    [
      '',
      `
variable_direction: inbound
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
variable_session_id: ${details.sessionId}
variable_sip_from_user: ${d.fromUser}${d.phone ? `\nvariable_sip_from_port: ${d.callerPort}` : ''}
variable_sip_from_uri: ${fromAddress(d)}
variable_sip_from_host: ${d.callerHost}
variable_video_media_flow: disabled
variable_text_media_flow: disabled
variable_channel_name: ${encode(channel.name)}`,
    ],
    [
      'sip_call_id',
      `
variable_sip_call_id: ${d.callId}`,
    ],
    [
      '',
      `
variable_sip_local_network_addr: ${d.calledHost}
variable_sip_network_ip: ${d.callerHost}
variable_sip_network_port: ${d.callerPort}
variable_sip_invite_stamp: ${details.stamp}
variable_sip_received_ip: ${d.callerHost}
variable_sip_received_port: ${d.callerPort}
variable_sip_via_protocol: udp
variable_sip_from_user_stripped: ${d.fromUser}`,
    ],
    [
      'sip_from_tag',
      `
variable_sip_from_tag: ${d.fromTag}`,
    ],
    [
      '',
      `
variable_sofia_profile_name: ${profile.name}
variable_sofia_profile_url: sip%3Amod_sofia%40${d.calledHost}%3A${d.calledPort}
variable_recovery_profile_name: ${profile.name}${d.phone ? '' : remoteParty(d)}`,
    ],
    ['#names', namesOf(d, d.branch, '')],
    [
      '',
      `${d.phone ? '' : `\nvariable_sip_allow: ${ALLOW}`}
variable_sip_req_user: ${d.toUser}
variable_sip_req_port: ${d.calledPort}
variable_sip_req_uri: ${to}
variable_sip_req_host: ${d.calledHost}
variable_sip_to_user: ${d.toUser}
variable_sip_to_port: ${d.calledPort}
variable_sip_to_uri: ${to}
variable_sip_to_host: ${d.calledHost}
variable_sip_contact_user: ${contact}
variable_sip_contact_port: ${d.callerPort}
variable_sip_contact_uri: ${contact}%40${d.callerHost}%3A${d.callerPort}
variable_sip_contact_host: ${d.callerHost}`,
    ],
    ['sip_user_agent', userAgentOf(d)],
    [
      '',
      `${d.phone?.subject ? `\nvariable_sip_subject: ${encode(d.phone.subject)}` : ''}
variable_sip_via_host: ${d.callerHost}
variable_sip_via_port: ${d.callerPort}${d.phone ? '' : `\nvariable_sip_via_rport: ${d.callerPort}`}`,
    ],
    partOf('max_forwards', details.maxForwards),
    ...details.sipHeaders,
    [
      '',
      `
variable_switch_r_sdp: ${d.caller.offer}
variable_ep_codec_string: CORE_PCM_MODULE.PCMU%408000h%4020i%4064000b${d.phone || d.oneCodec ? '' : ',CORE_PCM_MODULE.PCMA%408000h%4020i%4064000b'}
variable_rtp_use_codec_string: PCMU,PCMA
variable_remote_video_media_flow: inactive
variable_remote_text_media_flow: inactive
variable_remote_audio_media_flow: sendrecv
variable_audio_media_flow: sendrecv`,
    ],
    [
      '#remote',
      `
variable_remote_media_ip: ${d.callerHost}
variable_remote_media_port: ${d.caller.port}`,
    ],
    ['', `${CALLED_CODEC}\nvariable_dtmf_type: ${dtmfType(d)}`],
    [
      'endpoint_disposition',
      `
variable_endpoint_disposition: RECEIVED`,
    ],
  ])
}

/** With the answer, or early media: the leg's own media. */
export const setCalledMedia = (channel: Channel, leg: Leg): void => {
  const { dialog: d } = leg
  setParts(channel, [
    [
      'rtp_local_sdp_str',
      `
variable_rtp_local_sdp_str: ${d.called.offer}a%3Dsendrecv%0D%0A`,
    ],
    [
      '',
      `
variable_local_media_ip: ${d.calledHost}
variable_local_media_port: ${d.called.port}
variable_advertised_media_ip: ${d.calledHost}
variable_rtp_use_timer_name: soft
variable_rtp_use_pt: 0
variable_rtp_use_ssrc: ${d.called.ssrc}${dtmfType(d) === 'info' ? '' : PAYLOADS}`,
    ],
    [
      '#remote',
      `
variable_remote_media_ip: ${d.callerHost}
variable_remote_media_port: ${d.caller.port}`,
    ],
  ])
}

/** An answer after early media only says its SDP again. */
export const repeatSdp = (channel: Channel, leg: Leg): void =>
  setParts(channel, [
    ['rtp_local_sdp_str', `\nvariable_rtp_local_sdp_str: ${leg.dialog.called.offer}a%3Dsendrecv%0D%0A`],
  ])

/** What becomes of the call: `RECEIVED`, `EARLY MEDIA`, `ANSWER`. */
export const setDisposition = (channel: Channel, value: string): void =>
  setParts(channel, [['endpoint_disposition', `\nvariable_endpoint_disposition: ${value}`]])

/** The ACK has come: the dialog is complete, and its tags are shown. */
export const setConfirmedVariables = (channel: Channel, leg: Leg, ackBranch: string): void => {
  const { dialog: d } = leg
  setParts(channel, [
    [
      'sip_to_tag',
      `
variable_sip_to_tag: ${d.toTag}`,
    ],
    [
      'sip_from_tag',
      `
variable_sip_from_tag: ${d.fromTag}`,
    ],
    [
      'sip_cseq',
      `
variable_sip_cseq: ${d.cseq}`,
    ],
    [
      'sip_call_id',
      `
variable_sip_call_id: ${d.callId}`,
    ],
    ['#names', namesOf(d, ackBranch, `%3Btag%3D${d.toTag}`)],
  ])
}
