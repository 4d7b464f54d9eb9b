import { VERSION_HUMAN } from './status.ts'
import { upTime } from '../events/up-time.ts'
import type { Switch } from '../core/switch.ts'

/** What `{"command":"status"}` answers (`json_status_function` in `mod_commands.c`). */
const jsonStatus = (sw: Switch): unknown => {
  const { counters, limits } = sw
  const [years, days, hours, minutes, seconds, milliseconds, microseconds] = upTime(sw)
  return {
    systemStatus: 'ready',
    uptime: { years, days, hours, minutes, seconds, milliseconds, microseconds },
    version: VERSION_HUMAN,
    sessions: {
      count: {
        total: counters.sessions,
        active: sw.channels.size,
        peak: counters.peak,
        peak5Min: counters.peak,
        limit: limits.maxSessions,
      },
      rate: {
        current: counters.rateLast,
        max: limits.sps,
        peak: counters.ratePeak,
        peak5Min: counters.ratePeak,
      },
    },
    idleCPU: { used: 0, allowed: 100 },
    stackSizeKB: { current: 240, max: 240 },
  }
}

const NOT_FOUND = {
  status: 'error',
  message: 'Invalid request or non-existant command',
  response: null,
}

/** The commands of `json` that a real switch has besides. */
const NOT_MODELLED = new Set(['fsapi', 'execute', 'sendSMS', 'channelData'])

const NO_SESSION = {
  status: 'error',
  message: 'The command returned an error',
  response: { response: 'Session does not exist' },
}

/** A channel's app log, the part of `channelData` that is modelled (`switch_ivr_generate_json_cdr` in `switch_ivr.c`). */
const mediaStats = (sw: Switch, data: unknown): unknown => {
  const { uuid } = (data ?? {}) as { uuid?: unknown }
  const channel = typeof uuid === 'string' ? sw.channels.get(uuid) : undefined
  if (!channel) return NO_SESSION
  const applications = channel.appLog.map(({ app, arg, at }) => ({
    app_name: app,
    app_data: arg,
    app_stamp: String(Math.round(at * 1000)),
  }))
  return { status: 'success', response: { channelData: { app_log: { applications } } } }
}

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** `json {"command":"status"}`: the request comes back, with its answer in it (`json_function`). */
export const json = (sw: Switch, arg: string): string => {
  if (arg === '') return '-ERR No JSON supplied.\n'
  const request = parse(arg)
  if (!request) return '-ERR Parse error.\n'
  const { command, format } = request
  if (typeof command === 'string' && NOT_MODELLED.has(command))
    return `-ERR json ${command} is not modelled by the embedded switch\n`
  const answer =
    command === 'status'
      ? { status: 'success', response: jsonStatus(sw) }
      : command === 'mediaStats'
        ? mediaStats(sw, request.data)
        : NOT_FOUND
  const reply = Object.assign({}, request, answer)
  return `${format === 'pretty' ? JSON.stringify(reply, undefined, '\t') : JSON.stringify(reply)}\n`
}
