import { admit } from '../channel/admission.ts'
import { setDialedVariables, setInviteVariables } from './caller-variables.ts'
import { createChannel, type Channel } from '../channel/channel.ts'
import { announceDialed } from './announce-dialed.ts'
import { callerOf, setRequestVariables, type DialRequest } from './dial-request.ts'
import { emit } from '../events/emit.ts'
import { encode } from '../events/encode.ts'
import type { Endpoint } from './endpoint.ts'
import { invite } from './invite.ts'
import { dialLoop } from './loopback.ts'
import { KINDS } from '../events/kinds.ts'
import { createDialog, createLeg, type Leg } from '../channel/leg.ts'
import { micros, type Switch } from '../core/switch.ts'
import { enterState } from '../channel/transitions.ts'
import { setBlock, setVariable } from '../channel/variables.ts'

/**
 * Dials a leg (`sofia_outgoing_channel` in `mod_sofia.c`): the channel with its events up to where it waits for its far
 * end, and the INVITE on its way. Gives the cause when there can be no channel.
 */
export const dial = (sw: Switch, request: DialRequest): Channel | string => {
  const { endpoint } = request
  const uuid = request.variables.get('origination_uuid') ?? sw.random.uuid()
  if (sw.channels.has(uuid) || admit(sw, 'outbound') !== 'yes') return 'DESTINATION_OUT_OF_ORDER'
  return endpoint.kind === 'sofia'
    ? dialSofia(sw, request, endpoint, uuid)
    : dialLoop(sw, request, endpoint, uuid)
}

const dialSofia = (
  sw: Switch,
  request: DialRequest,
  endpoint: Extract<Endpoint, { kind: 'sofia' }>,
  uuid: string,
): Channel => {
  const { authority, params, gateway, to } = endpoint
  const dest = gateway === '' ? `${to.user}@${authority}` : to.user
  const channel = createChannel(uuid, 'outbound', `sofia/${endpoint.profile.name}/${dest}`, micros(sw))
  channel.caller = callerOf(request, channel, endpoint.to.user)
  const dialog = createDialog(
    sw,
    endpoint.profile,
    endpoint.to,
    channel.caller,
    request.originator !== undefined,
  )
  const leg = createLeg(dialog, endpoint.profile, { called: { authority, params } })
  channel.leg = leg
  sw.channels.set(uuid, channel)
  request.prepare?.(channel)
  emit(sw, KINDS.outgoing, channel)
  setDialedVariables(channel, leg, sw.counters.sessions)
  if (gateway !== '') {
    setVariable(channel, 'sip_gateway_name', gateway)
    setVariable(channel, 'sip_profile_name', 'gateway')
  }
  setRequestVariables(channel, request, 'sofia')
  begin(sw, channel, leg, request.originator !== undefined)
  invite(sw, channel, endpoint.hop)
  return channel
}

const begin = (sw: Switch, channel: Channel, leg: Leg, bridged: boolean): void => {
  enterState(sw, channel, 'CS_INIT')
  setInviteVariables(channel, leg, bridged)
  announceDialed(sw, channel)
}

/** FreeSWITCH had a session when it found that the leg leads nowhere: all that is seen of it is its end. */
export const failAtOnce = (sw: Switch): void => {
  if (admit(sw, 'outbound') !== 'yes') return
  const channel = createChannel(sw.random.uuid(), 'outbound', 'N/A', micros(sw))
  channel.state = 'CS_NEW'
  setBlock(
    channel,
    `\nvariable_direction: outbound\nvariable_is_outbound: true\nvariable_uuid: ${encode(channel.uuid)}` +
      `\nvariable_call_uuid: ${encode(channel.uuid)}\nvariable_session_id: ${sw.counters.sessions}`,
  )
  emit(sw, KINDS.destroy, channel)
}
