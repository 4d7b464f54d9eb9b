import { setOriginatorVariables } from '../channel/bridge-variables.ts'
import { cloneProfile, logicalDirection, noTimes } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { getVariable, setOwn } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import { dial } from './dial.ts'
import type { DialRequest } from './dial-request.ts'
import type { Variables } from './dial-string.ts'

/** The leg is dialed for its originator: with its caller id, its variables to export, and its call's uuid. */
export const dialFor = (
  sw: Switch,
  channel: Channel,
  variables: Variables,
  endpoint: DialRequest['endpoint'],
): Channel | string => {
  const { caller } = channel
  for (const name of (getVariable(channel, 'export_vars') ?? '').split(',')) {
    const value = getVariable(channel, name)
    if (name !== '' && value !== undefined && !variables.has(name)) variables.set(name, value)
  }
  return dial(sw, {
    endpoint,
    variables,
    callerIdName: getVariable(channel, 'effective_caller_id_name') ?? caller?.name ?? '',
    callerIdNumber: getVariable(channel, 'effective_caller_id_number') ?? caller?.number ?? '',
    originator: channel.uuid,
    ...(caller
      ? {
          profile: {
            username: caller.username,
            dialplan: caller.dialplan,
            origName: caller.origName,
            origNumber: caller.origNumber,
            networkAddr: caller.networkAddr,
            ani: caller.ani,
            source: caller.source,
            context: caller.context,
          },
        }
      : {}),
    prepare: (leg) => {
      leg.held = true
      if (caller)
        leg.other = {
          type: 'originator',
          profile: cloneProfile(caller, { logicalDirection: logicalDirection(channel), times: noTimes() }),
        }
    },
    inherited: (leg) => {
      // How the caller's number is shown goes with it (`sofia_outgoing_channel`).
      const shown = getVariable(channel, 'sip_cid_type')
      if (shown !== undefined) setOwn(leg, 'sip_cid_type', shown)
      setOriginatorVariables(leg, channel)
    },
  })
}
