import { createProfile, type CallerProfile, type FirstProfile } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { isTrue, setOwn, setVariable } from '../channel/variables.ts'
import type { Variables } from './dial-string.ts'
import type { Endpoint } from './endpoint.ts'

/** What a leg is dialed with. */
export interface DialRequest {
  readonly endpoint: Exclude<Endpoint, { kind: 'failed' | 'not modelled' }>
  readonly variables: Variables
  /** Caller id, where no variable says another. */
  readonly callerIdName: string
  readonly callerIdNumber: string
  /** What it is part of, as its caller profile says. */
  readonly profile?: Partial<FirstProfile>
  /** Prepares the channel before anybody is told of it: a bridge says whose leg it is. */
  readonly prepare?: (channel: Channel) => void
  /** The channel that it is dialed for. */
  readonly originator?: string
  /** Variables that go with it besides, before those of the request. */
  readonly inherited?: (channel: Channel) => void
}

const NOTHING: Partial<FirstProfile> = {}
const NOBODY = '0000000000'

/** Who calls, and who is called. */
export const callerOf = (request: DialRequest, channel: Channel, to: string): CallerProfile => {
  const { variables, profile = NOTHING } = request
  const name = variables.get('origination_caller_id_name') ?? request.callerIdName
  const given = variables.get('origination_caller_id_number') ?? request.callerIdNumber
  const number = given === '' ? NOBODY : given
  return createProfile(channel, {
    direction: 'outbound',
    logicalDirection: 'outbound',
    username: profile.username ?? '',
    dialplan: profile.dialplan ?? '',
    name,
    number,
    origName: profile.origName ?? name,
    origNumber: profile.origNumber ?? number,
    calleeName: variables.get('origination_callee_id_name') ?? 'Outbound Call',
    calleeNumber: variables.get('origination_callee_id_number') ?? to,
    networkAddr: profile.networkAddr ?? '',
    ani: profile.ani ?? number,
    destination: to,
    source: profile.source ?? 'src/switch_ivr_originate.c',
    context: profile.context ?? 'default',
  })
}

/** Sets the variables that go with a leg: those of its originator, its own, and how it was dialed. */
export const setRequestVariables = (channel: Channel, request: DialRequest, endpoint: string): void => {
  const { variables, originator } = request
  request.inherited?.(channel)
  for (const [name, value] of variables) setVariable(channel, name, value)
  setOwn(channel, 'originate_early_media', isTrue(variables.get('ignore_early_media')) ? 'false' : 'true')
  if (originator !== undefined) setOwn(channel, 'originating_leg_uuid', originator)
  setOwn(channel, 'originate_endpoint', endpoint)
}
