import { NO_CHANNEL } from './api.ts'
import { deleteTasks, scheduleHangup, scheduleTransfer } from '../core/schedule.ts'
import { separate } from '../calls/separate.ts'
import { transfer } from '../calls/transfer.ts'
import { readCause } from '../channel/sip-causes.ts'
import type { Switch } from '../core/switch.ts'

/** `sched_hangup [+]<seconds> <uuid> [cause]`. */
export const schedHangup = (sw: Switch, arg: string): string => {
  const [when = '', uuid = '', cause = 'ALLOTTED_TIMEOUT'] = arg.split(/ +/)
  if (when === '') return '-USAGE: [+]<time> <uuid> [<cause>]\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  scheduleHangup(sw, channel, when, readCause(cause))
  return '+OK\n'
}

/** `sched_transfer [+]<seconds> <uuid> <extension> [<dialplan> [<context>]]`. */
export const schedTransfer = (sw: Switch, arg: string): string => {
  const [when = '', uuid, extension = '', dialplan, context] = separate(arg, ' ', 6)
  if (uuid === undefined || context?.includes(' ') === true)
    return '-USAGE: [+]<time> <uuid> <extension> [<dialplan>] [<context>]\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  scheduleTransfer(sw, channel, when, (now) => {
    transfer(sw, now, { extension: extension === '' ? 'service' : extension, dialplan, context })
  })
  return '+OK\n'
}

/** `unsched_api <task number>`. */
export const unschedApi = (sw: Switch, arg: string): string => {
  if (arg === '') return '-ERR Invalid syntax. USAGE: <task_id>\n'
  const id = Number.parseInt(arg, 10) || 0
  if (id === 0) return ''
  return deleteTasks(sw, String(id)) > 0 ? '+OK\n' : '-ERR No such id\n'
}

/** `sched_del <task number>|<uuid>`. */
export const schedDel = (sw: Switch, arg: string): string =>
  arg === '' ? '-ERR Invalid syntax\n' : `+OK Deleted: ${deleteTasks(sw, arg)}\n`
