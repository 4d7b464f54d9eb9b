import { admit } from '../channel/admission.ts'
import { firstProfile, type CallerProfile } from '../channel/caller-profile.ts'
import { setDialedVariables, setInviteVariables } from './caller-variables.ts'
import { createChannel, type Channel } from '../channel/channel.ts'
import type { Variables } from './dial-string.ts'
import { emit } from '../events/emit.ts'
import { encode } from '../events/encode.ts'
import type { Endpoint } from './endpoint.ts'
import { invite } from './invite.ts'
import { KINDS } from '../events/kinds.ts'
import { createDialog, type Leg } from '../channel/leg.ts'
import { micros, type Switch } from '../core/switch.ts'
import { enterState } from '../channel/transitions.ts'
import { isTrue, setBlock, setOwn, setVariable } from '../channel/variables.ts'

/** What a leg is dialed with. */
export interface DialRequest {
  readonly endpoint: Extract<Endpoint, { kind: 'sofia' }>
  readonly variables: Variables
  /** Caller id, where no variable says another. */
  readonly callerIdName: string
  readonly callerIdNumber: string
  /** What it is part of, as its caller profile says. */
  readonly profile?: Partial<CallerProfile>
  /** Prepares the channel before anybody is told of it: a bridge says whose leg it is. */
  readonly prepare?: (channel: Channel) => void
  /** The channel that it is dialed for. */
  readonly originator?: string
  /** Variables that go with it besides, before those of the request. */
  readonly inherited?: (channel: Channel) => void
}

const NOBODY = '0000000000'

const callerOf = (request: DialRequest, channel: Channel, to: string): CallerProfile => {
  const { variables } = request
  const name = variables.get('origination_caller_id_name') ?? request.callerIdName
  const given = variables.get('origination_caller_id_number') ?? request.callerIdNumber
  const number = given === '' ? NOBODY : given
  return {
    direction: 'outbound',
    logicalDirection: 'outbound',
    username: '',
    dialplan: '',
    name,
    number,
    origName: name,
    origNumber: number,
    calleeName: variables.get('origination_callee_id_name') ?? 'Outbound Call',
    calleeNumber: variables.get('origination_callee_id_number') ?? to,
    networkAddr: '',
    ani: number,
    destination: to,
    source: 'src/switch_ivr_originate.c',
    context: 'default',
    ...firstProfile(channel),
    ...request.profile,
  }
}

/**
 * Dials a leg (`sofia_outgoing_channel` in `mod_sofia.c`): the channel with its events up to where it waits for its far
 * end, and the INVITE on its way. Gives the cause when there can be no channel.
 */
export const dial = (sw: Switch, request: DialRequest): Channel | string => {
  const { endpoint, variables } = request
  const uuid = variables.get('origination_uuid') ?? sw.random.uuid()
  if (sw.channels.has(uuid) || admit(sw) !== 'yes') return 'DESTINATION_OUT_OF_ORDER'
  const { user, host, port } = endpoint.to
  const channel = createChannel(
    uuid,
    'outbound',
    `sofia/${endpoint.profile.name}/${user}@${host}:${port}`,
    micros(sw),
  )
  channel.caller = callerOf(request, channel, endpoint.to.user)
  const dialog = createDialog(
    sw,
    endpoint.profile,
    endpoint.to,
    channel.caller,
    request.originator !== undefined,
  )
  const leg: Leg = {
    dialog,
    profile: endpoint.profile,
    peer: undefined,
    heard: 'nothing',
    over: false,
    refusal: undefined,
  }
  channel.leg = leg
  sw.channels.set(uuid, channel)
  request.prepare?.(channel)
  emit(sw, KINDS.outgoing, channel)
  setDialedVariables(channel, leg, sw.counters.sessions)
  request.inherited?.(channel)
  for (const [name, value] of variables) setVariable(channel, name, value)
  const early = isTrue(variables.get('ignore_early_media')) ? 'false' : 'true'
  setOwn(channel, 'originate_early_media', early)
  if (request.originator !== undefined) setOwn(channel, 'originating_leg_uuid', request.originator)
  setOwn(channel, 'originate_endpoint', 'sofia')
  begin(sw, channel, leg, request.originator !== undefined)
  invite(sw, channel, endpoint.hop)
  return channel
}

const begin = (sw: Switch, channel: Channel, leg: Leg, bridged: boolean): void => {
  enterState(sw, channel, 'CS_INIT')
  setInviteVariables(channel, leg, bridged)
  channel.state = 'CS_ROUTING'
  emit(sw, KINDS.create, channel)
  emit(sw, KINDS.originate, channel)
  enterState(sw, channel, 'CS_ROUTING')
  channel.state = 'CS_CONSUME_MEDIA'
  enterState(sw, channel, 'CS_CONSUME_MEDIA')
}

/** FreeSWITCH had a session when it found that the leg leads nowhere: all that is seen of it is its end. */
export const failAtOnce = (sw: Switch): void => {
  if (admit(sw) !== 'yes') return
  const channel = createChannel(sw.random.uuid(), 'outbound', 'N/A', micros(sw))
  channel.state = 'CS_NEW'
  setBlock(
    channel,
    `\nvariable_direction: outbound\nvariable_is_outbound: true\nvariable_uuid: ${encode(channel.uuid)}` +
      `\nvariable_call_uuid: ${encode(channel.uuid)}\nvariable_session_id: ${sw.counters.sessions}`,
  )
  emit(sw, KINDS.destroy, channel)
}
