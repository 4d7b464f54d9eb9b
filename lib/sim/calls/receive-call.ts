import { admit } from '../channel/admission.ts'
import { createProfile, type CallerProfile } from '../channel/caller-profile.ts'
import { setReceivedVariables } from './called-variables.ts'
import { createChannel, type Channel } from '../channel/channel.ts'
import type { SipProfile } from '../core/config.ts'
import { decode } from '../events/encode.ts'
import { announceAndRoute } from './route.ts'
import { createLeg, type Leg } from '../channel/leg.ts'
import { micros, type Switch } from '../core/switch.ts'
import { enterState, setUpCodec } from '../channel/transitions.ts'
import { getVariable, type Part } from '../channel/variables.ts'

/** The caller's `sip_h_…` variables are headers of the INVITE, and become variables of the called leg. */
const sipHeadersOf = ({ variables: { parts, single } }: Channel): Part[] => {
  const headers: Part[] = []
  for (const [name, at] of single) if (name.startsWith('sip_h_')) headers.push([name, parts[at] ?? ''])
  return headers
}

const callerProfile = (channel: Channel, leg: Leg): CallerProfile => {
  const { dialog } = leg
  const number = decode(dialog.fromUser)
  const name = dialog.fromName === '' ? number : decode(dialog.fromName)
  return createProfile(channel, {
    direction: 'inbound',
    logicalDirection: 'inbound',
    username: number,
    dialplan: 'XML',
    name,
    number,
    origName: name,
    origNumber: number,
    calleeName: '',
    calleeNumber: '',
    networkAddr: decode(dialog.callerHost),
    ani: number,
    destination: decode(dialog.toUser),
    source: 'mod_sofia',
    context: leg.profile.context,
  })
}

/** Why a call was not let in: a SIP status and its phrase. */
export type Refusal = readonly [status: number, phrase: string]

/**
 * A call from another leg of this switch comes in on a profile: a channel, and its way through the dialplan. Gives a
 * refusal when there is no room for it.
 */
export const receiveCall = (sw: Switch, from: Channel, profile: SipProfile): Refusal | undefined => {
  const { leg: theirs } = from
  if (!theirs) return undefined
  const leg = createLeg(theirs.dialog, profile, { peer: from })
  const channel = takeInvite(sw, leg)
  if (!('uuid' in channel)) return channel
  theirs.peer = channel
  letIn(sw, channel, leg, sipHeadersOf(from), getVariable(from, 'max_forwards') ?? '70')
  return undefined
}

/** Makes the channel of a call that comes in, or refuses it; nobody is told of it before it is let in. */
export const takeInvite = (sw: Switch, leg: Leg): Channel | Refusal => {
  if (admit(sw, 'inbound') !== 'yes') return [503, 'Maximum Calls In Progress']
  const { dialog, profile } = leg
  const port = dialog.phone ? `:${dialog.callerPort}` : ''
  const name = `sofia/${profile.name}/${decode(dialog.fromUser)}@${decode(dialog.callerHost)}${port}`
  const channel = createChannel(sw.random.uuid(), 'inbound', name, micros(sw))
  channel.leg = leg
  return channel
}

/**
 * The channel goes its way: through its states, and into the dialplan. `sipHeaders` are the INVITE's own headers, as
 * variables.
 */
export const letIn = (
  sw: Switch,
  channel: Channel,
  leg: Leg,
  sipHeaders: readonly Part[],
  maxForwards: string,
): void => {
  const now = channel.createdAt
  sw.channels.set(channel.uuid, channel)
  enterState(sw, channel, 'CS_NEW')
  channel.caller = callerProfile(channel, leg)
  setUpCodec(sw, channel)
  channel.state = 'CS_INIT'
  enterState(sw, channel, 'CS_INIT')
  setReceivedVariables(channel, leg, {
    sessionId: sw.counters.sessions,
    stamp: now,
    sipHeaders,
    maxForwards,
  })
  announceAndRoute(sw, channel)
}
