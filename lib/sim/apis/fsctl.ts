import { levelName, readLevel } from './console.ts'
import { hupall } from './hupall.ts'
import { isTrue } from '../channel/variables.ts'
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

/** `fsctl loglevel [level]`: the console's, too; -1 is what it was started with. */
const logLevel = (sw: Switch, value: string | undefined): string => {
  const level = value === undefined ? sw.stores.logLevel : readLevel(value)
  if (level === undefined) return '-ERR syntax error, log level not set!\n'
  sw.stores.logLevel = level
  return `+OK log level: ${levelName(level)} [${level}]\n`
}

/** Answers each question of `fsctl`; what is not here is refused. */
const ANSWERS: Readonly<Record<string, (sw: Switch, value: string | undefined) => string>> = {
  sps: (sw, value) => `+OK sessions per second: ${limit(sw, 'sps', value)}\n`,
  max_sessions: (sw, value) => `+OK max sessions: ${limit(sw, 'maxSessions', value)}\n`,
  last_sps: (sw) => `+OK last sessions per second: ${sw.counters.rateLast}\n`,
  sps_peak_reset: (sw) => {
    sw.counters.ratePeak = 0
    return '+OK max sessions per second counter reset\n'
  },
  loglevel: logLevel,
  api_expansion: (sw, value) => {
    if (value !== undefined) sw.stores.apiExpansion = isTrue(value)
    return `+OK api_expansion is ${sw.stores.apiExpansion ? 'on' : 'off'} \n`
  },
  verbose_events: (sw, value) => {
    if (value !== undefined) sw.verbose = isTrue(value)
    return `+OK verbose_events is ${sw.verbose ? 'on' : 'off'} \n`
  },
  hupall: (sw) => {
    hupall(sw, '')
    return '+OK\n'
  },
  pause_check: (sw, which) => {
    const { inbound, outbound } = sw.limits.paused
    return String(which === 'inbound' ? inbound : which === 'outbound' ? outbound : inbound && outbound)
  },
  ready_check: () => 'true',
  shutdown_check: () => 'false',
  // Its time is the machine's, or the test's: there is nothing to put right.
  sync_clock: () => '+OK clock synchronized\n',
  reclaim_mem: () => '+OK\n',
  flush_db_handles: () => '+OK\n',
}

/** What cannot be changed here. */
const SETTLED: Readonly<Record<string, string>> = {
  min_idle_cpu: 'min idle cpu: DISABLED',
  default_dtmf_duration: 'default dtmf duration: 2000',
  max_dtmf_duration: 'max dtmf duration: 192000',
  min_dtmf_duration: 'min dtmf duration: 400',
  debug_level: 'DEBUG level: 0',
}

/** `fsctl`: the limits, and pause; what else it can do is refused. */
export const fsctl = (sw: Switch, arg: string): string => {
  const [what = '', value] = arg.split(/ +/)
  const name = what.toLowerCase()
  if (what === '') return `-USAGE: ${USAGE}`
  const answer = ANSWERS[name]
  if (answer && Object.hasOwn(ANSWERS, name)) return answer(sw, value)
  if (name === 'pause' || name === 'resume') {
    const { paused } = sw.limits
    if (value !== 'outbound') paused.inbound = name === 'pause'
    if (value !== 'inbound') paused.outbound = name === 'pause'
    return '+OK\n'
  }
  // What these are can be asked; to change them would have to change what digits last.
  const asked = value === undefined || (name === 'min_idle_cpu' && value === '0')
  if (asked && Object.hasOwn(SETTLED, name)) return `+OK ${SETTLED[name] ?? ''}\n`
  return KNOWN.has(name)
    ? `-ERR fsctl ${arg} is not modelled by the embedded switch\n`
    : `-ERR Invalid command\nUSAGE: fsctl ${USAGE}`
}
