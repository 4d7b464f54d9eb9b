import { admit } from '../channel/admission.ts'
import { createProfile, type CallerProfile } from '../channel/caller-profile.ts'
import { createChannel, isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { enterState, setUpLoopCodec } from '../channel/transitions.ts'
import { setBlock, setOwn, setVariable } from '../channel/variables.ts'
import { later, micros, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { emit } from '../events/emit.ts'
import { encode, header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { announceDialed } from './announce-dialed.ts'
import { callerOf, setRequestVariables, type DialRequest } from './dial-request.ts'
import type { Endpoint } from './endpoint.ts'
import { markLoopAnswered } from './loop-progress.ts'
import { announceAndRoute } from './route.ts'

/** `loopback/` and `null/`: legs without SIP (`mod_loopback.c`). */

type LoopEndpoint = Extract<Endpoint, { kind: 'loopback' | 'null' }>

const codecVariables = (codec: string): string =>
  `\nvariable_read_codec: ${codec}\nvariable_read_rate: 8000\nvariable_write_codec: ${codec}\nvariable_write_rate: 8000`

/** The codec of the leg that it is dialed for, if it is. */
const codecOf = ({ originator }: DialRequest): 'PCMU' | 'L16' => (originator === undefined ? 'L16' : 'PCMU')

const profileOf = (endpoint: LoopEndpoint): Partial<CallerProfile> => ({
  source: 'mod_loopback',
  destination: endpoint.extension,
  context: endpoint.context,
  dialplan: endpoint.kind === 'null' ? '' : endpoint.dialplan,
})

/** Its codecs are there before its name and its uuid are, which it gets then. */
const announce = (sw: Switch, channel: Channel, request: DialRequest, endpoint: LoopEndpoint): void => {
  const codec = codecOf(request)
  const uuidGiven = request.variables.has('origination_uuid')
  const before = createChannel(
    uuidGiven ? sw.random.uuid() : channel.uuid,
    'outbound',
    endpoint.kind === 'null' ? channel.name : `loopback/${endpoint.text}-a`,
    channel.createdAt,
  )
  before.state = 'CS_NEW'
  setUpLoopCodec(sw, before, codec)
  channel.codec = true
  channel.readCodec = channel.writeCodec = codec
  if (uuidGiven) emit(sw, KINDS.channelUuid, channel, header('Old-Unique-ID', before.uuid))
  request.prepare?.(channel)
  emit(sw, KINDS.outgoing, channel)
}

/** Dials `loopback/…` or `null/…`: the channel with its events up to where it waits to be answered. */
export const dialLoop = (sw: Switch, request: DialRequest, endpoint: LoopEndpoint, uuid: string): Channel => {
  const name = endpoint.kind === 'null' ? `null/${endpoint.extension}` : `loopback/${endpoint.extension}-a`
  const channel = createChannel(uuid, 'outbound', name, micros(sw))
  channel.caller = { ...callerOf(request, channel, endpoint.called), ...profileOf(endpoint) }
  channel.loop = { other: undefined }
  sw.channels.set(uuid, channel)
  setBlock(
    channel,
    `\nvariable_direction: outbound\nvariable_is_outbound: true\nvariable_session_id: ${sw.counters.sessions}${codecVariables(codecOf(request))}` +
      `\nvariable_channel_name: ${encode(name)}\nvariable_uuid: ${encode(uuid)}`,
  )
  setVariable(channel, 'call_uuid', channel.callUuid)
  announce(sw, channel, request, endpoint)
  if (endpoint.kind === 'loopback') setOwn(channel, 'loopback_from_uuid', request.originator ?? '')
  setRequestVariables(channel, request, endpoint.kind)
  enterState(sw, channel, 'CS_INIT')
  const far = endpoint.kind === 'loopback' ? openFarEnd(sw, channel, request, endpoint) : undefined
  announceDialed(sw, channel)
  if (far) later(sw, TIMING.signal, () => begin(sw, far))
  else if (endpoint.kind === 'null') later(sw, TIMING.frame, () => markLoopAnswered(sw, channel))
  else later(sw, TIMING.signal, () => hangup(sw, channel, 'DESTINATION_OUT_OF_ORDER', 'far end'))
  return channel
}

/** The other end: a channel that comes in, with the variables of the one that was dialed. */
const openFarEnd = (
  sw: Switch,
  near: Channel,
  request: DialRequest,
  endpoint: Extract<LoopEndpoint, { kind: 'loopback' }>,
): Channel | undefined => {
  if (admit(sw, 'inbound') !== 'yes' || !near.caller) return undefined
  const far = createChannel(sw.random.uuid(), 'inbound', `loopback/${endpoint.extension}-b`, micros(sw))
  far.loop = { other: near }
  near.loop = { other: far }
  far.running = 'CS_NONE'
  sw.channels.set(far.uuid, far)
  setUpLoopCodec(sw, far, codecOf(request))
  setBlock(
    far,
    `\nvariable_direction: inbound\nvariable_uuid: ${far.uuid}\nvariable_call_uuid: ${far.uuid}` +
      `\nvariable_session_id: ${sw.counters.sessions}\nvariable_channel_name: ${encode(far.name)}${codecVariables(codecOf(request))}`,
  )
  setOwn(far, 'other_loopback_from_uuid', request.originator ?? '')
  for (const [name, value] of request.variables) setVariable(far, name, value)
  far.caller = createProfile(far, { ...near.caller, direction: 'inbound', logicalDirection: 'inbound' })
  for (const [leg, letter] of [
    [near, 'A'],
    [far, 'B'],
  ] as const) {
    setOwn(leg, 'other_loopback_leg_uuid', leg.loop?.other?.uuid ?? '')
    setOwn(leg, 'loopback_leg', letter)
  }
  return far
}

const begin = (sw: Switch, far: Channel): void => {
  if (!isUp(far)) return
  far.state = 'CS_INIT'
  enterState(sw, far, 'CS_INIT')
  announceAndRoute(sw, far)
}
