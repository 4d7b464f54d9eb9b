import { hupall } from './hupall.ts'
import type { Switch } from '../core/switch.ts'

const USAGE =
  '[api_expansion [on|off]|recover|send_sighup|hupall|pause [inbound|outbound]|resume [inbound|outbound]|shutdown [cancel|elegant|asap|now|restart]|sps|sps_peak_reset|sync_clock|sync_clock_when_idle|reclaim_mem|max_sessions|min_dtmf_duration [num]|max_dtmf_duration [num]|default_dtmf_duration [num]|min_idle_cpu|loglevel [level]|debug_level [level]|mdns_resolve [enable|disable]]\n'

const KNOWN = new Set(/[a-z]\w+/g[Symbol.match](USAGE))

/** A number changes the limit; the answer tells it either way. */
const limit = (sw: Switch, name: 'sps' | 'maxSessions', value: string | undefined): number => {
  const number = Number.parseInt(value ?? '', 10)
  if (number > 0) sw.limits[name] = number
  return sw.limits[name]
}

/** `fsctl`: the limits, and pause; what else it can do is refused. */
export const fsctl = (sw: Switch, arg: string): string => {
  const [what = '', value, ...more] = arg.split(/ +/)
  if (what === '') return `-USAGE: ${USAGE}`
  if (what === 'sps') return `+OK sessions per second: ${limit(sw, 'sps', value)}\n`
  if (what === 'max_sessions') return `+OK max sessions: ${limit(sw, 'maxSessions', value)}\n`
  if (what === 'last_sps') return `+OK last sessions per second: ${sw.counters.rateLast}\n`
  if (what === 'verbose_events' && value === undefined) return '+OK verbose_events is off \n'
  if (what === 'hupall') return hupall(sw, [value, ...more].join(' '))
  if ((what === 'pause' || what === 'resume') && value === undefined) {
    sw.limits.paused = what === 'pause'
    return '+OK\n'
  }
  return KNOWN.has(what) || what === 'verbose_events'
    ? `-ERR fsctl ${arg} is not modelled by the embedded switch\n`
    : `-ERR Invalid command\nUSAGE: fsctl ${USAGE}`
}
