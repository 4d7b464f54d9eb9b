import { API_TABLE } from '../apis/known-apis.ts'
import { hangup } from '../channel/hangup.ts'
import { isUp } from '../channel/channel.ts'
import { emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS, unloadKind } from '../events/kinds.ts'
import type { SipProfile } from './config.ts'
import { later, type Switch } from './switch.ts'
import { TIMING } from './timing.ts'
import { UNLOADED_FIRST, UNLOADED_THEN, type Loaded } from './unloaded.ts'

/** How an api command is called is known from its help. */
const detailsOf = ({ type, name, details }: Loaded): string => {
  const [first = '', second = ''] = details
  if (type === 'codec' || type === 'file') return header('module', first)
  if (type !== 'api') return header('description', first) + header('syntax', second)
  const { description = '', syntax = '', module = '' } = API_TABLE.find((api) => api.name === name) ?? {}
  return (
    header('description', description) +
    header('syntax', syntax) +
    header('key', module) +
    header('filename', `/var/freeswitch/mod/${module}.so`)
  )
}

const unload = (sw: Switch, all: readonly Loaded[]): void => {
  for (const one of all)
    emitGeneral(
      sw,
      unloadKind(one.type),
      header('type', one.type) + header('name', one.name) + detailsOf(one),
    )
}

const tellUnpublished = (sw: Switch, { name, host, port }: SipProfile): void =>
  emitGeneral(
    sw,
    KINDS.unpublish,
    header('service', '_sip._udp,_sip._tcp,_sip._sctp') +
      header('port', String(port)) +
      header('module_name', 'mod_sofia') +
      header('profile_name', name) +
      header('profile_uri', `sip:mod_sofia@${host}:${port}`),
  )

/** mod_sofia takes its profiles down, one after the other. */
const unpublish = (sw: Switch, then: () => void): void => {
  const profiles = [...sw.config.profiles].sort((a, b) => (a.name < b.name ? -1 : 1))
  const next = (): void => {
    const profile = profiles.shift()
    if (profile) tellUnpublished(sw, profile)
    if (profiles.length > 0) later(sw, TIMING.profileDown, next)
    else then()
  }
  later(sw, TIMING.profileDown, next)
}

/**
 * The switch shuts down (`switch_core_destroy` in `src/switch_core.c`): no call comes in any more, those that are up end
 * with SYSTEM_SHUTDOWN, the modules go, and with mod_event_socket every connection.
 */
export const beginShutDown = (sw: Switch): void => {
  later(sw, TIMING.frame, () => {
    emitGeneral(sw, KINDS.shutdown, header('Event-Info', 'System Shutting Down'))
    sw.limits.paused = { inbound: true, outbound: true }
    // Asked whether its events are verbose, a switch that shuts down has no answer, which is taken for a yes.
    sw.verbose = true
    for (const channel of [...sw.channels.values()])
      if (isUp(channel)) hangup(sw, channel, 'SYSTEM_SHUTDOWN', 'command')
    unload(sw, UNLOADED_FIRST)
    unpublish(sw, () => {
      unload(sw, UNLOADED_THEN)
      later(sw, TIMING.lastModule, () => sw.stop())
    })
  })
}
