import { updateProfile } from './caller-profile.ts'
import { isUp, type Channel } from './channel.ts'
import { decode, encode } from '../events/encode.ts'
import { hangup } from './hangup.ts'
import { causeOfStatus, numberOfCause } from './sip-causes.ts'
import { USER_AGENT } from './sip-texts.ts'
import type { Switch } from '../core/switch.ts'
import { partOf, setBlock, setParts, unsetVariable, type Part } from './variables.ts'

/** What a leg does when the far end is through with it; one that has hung up itself has its own last word. */

/** A cause in Q.850 comes over as it is; FreeSWITCH's own do not, and the SIP status stands for them. */
const causeHeard = (cause: string, status: number): string =>
  numberOfCause(cause) < 128 ? cause : causeOfStatus(status)

const setTerm = (channel: Channel, before: string, status: number, cause: string): void => {
  const parts: Part[] = [
    ['', `${before}\nvariable_sip_term_status: ${status}`],
    partOf('proto_specific_hangup_cause', `sip%3A${status}`),
    ['', `\nvariable_sip_term_cause: ${numberOfCause(cause)}`],
  ]
  setParts(channel, parts)
}

/** BYE (`sofia_handle_sip_i_bye` in `sofia.c`); `reason` is its Reason header, which phones do without. */
export const hearBye = (sw: Switch, channel: Channel, reason: string, theirCause: string): void => {
  if (!channel.leg || channel.leg.over || !isUp(channel)) return
  channel.leg.over = true
  const cause = causeHeard(theirCause, 200)
  const phone = channel.leg.dialog.phone
  const agent = phone ? encode(phone.userAgent ?? '') : USER_AGENT
  setTerm(channel, reason === '' ? '' : `\nvariable_sip_reason: ${reason}`, 200, cause)
  const disposition =
    (agent === '' ? '' : `\nvariable_sip_user_agent: ${agent}`) +
    '\nvariable_sip_hangup_disposition: recv_bye'
  hangup(sw, channel, cause, 'far end', () => setBlock(channel, disposition, ['sip_user_agent']))
}

/** CANCEL: the caller does not want to wait any longer. */
export const hearCancel = (sw: Switch, channel: Channel, reason: string): void => {
  if (!channel.leg || channel.leg.over || !isUp(channel)) return
  channel.leg.over = true
  setTerm(
    channel,
    '\nvariable_sip_hangup_disposition: recv_cancel\nvariable_sip_invite_failure_status: 487' +
      `\nvariable_sip_invite_failure_phrase: CANCEL${reason === '' ? '' : `\nvariable_sip_reason: ${reason}`}`,
    487,
    'ORIGINATOR_CANCEL',
  )
  hangup(sw, channel, 'ORIGINATOR_CANCEL', 'far end')
}

const ADDRESSES = [
  'sip_local_network_addr',
  'sip_reply_host',
  'sip_reply_port',
  'sip_network_ip',
  'sip_network_port',
]

/** Statuses that ask for a password; there is none, and the call is cancelled (`sofia_reg_handle_sip_r_challenge`). */
const CHALLENGES: ReadonlySet<number> = new Set([401, 407])

/** A final answer of 300 and more; `reachable` is false where no answer came but that of a closed port. */
export const hearRefusal = (
  sw: Switch,
  channel: Channel,
  status: number,
  phrase: string,
  theirCause: string,
  reachable = true,
): void => {
  const { leg } = channel
  if (!leg || leg.over || !isUp(channel)) return
  if (reachable && CHALLENGES.has(status)) {
    hangup(sw, channel, 'MANDATORY_IE_MISSING', 'far end')
    return
  }
  leg.over = true
  const { dialog } = leg
  const cause = causeHeard(theirCause, status)
  const callId = leg.heard === 'nothing' ? `\nvariable_sip_call_id: ${dialog.callId}` : ''
  const port = reachable ? dialog.calledPort : 0
  const host = (name: string): string => (reachable ? `\nvariable_${name}: ${dialog.calledHost}` : '')
  for (const name of ADDRESSES) unsetVariable(channel, name)
  setTerm(
    channel,
    `${callId}\nvariable_sip_local_network_addr: ${dialog.callerHost}${host('sip_reply_host')}` +
      `\nvariable_sip_reply_port: ${port}${host('sip_network_ip')}\nvariable_sip_network_port: ${port}` +
      `\nvariable_sip_hangup_disposition: recv_refuse\nvariable_sip_invite_failure_status: ${status}` +
      `\nvariable_sip_invite_failure_phrase: ${encode(phrase)}`,
    status,
    cause,
  )
  if (reachable && channel.caller) updateProfile(channel.caller, { networkAddr: decode(dialog.calledHost) })
  hangup(sw, channel, cause, 'far end')
}
