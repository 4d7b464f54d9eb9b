import { NO_CHANNEL } from './api.ts'
import { deleteTasks, scheduleHangup } from '../core/schedule.ts'
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

/** `sched_del <task number>|<uuid>`. */
export const schedDel = (sw: Switch, arg: string): string =>
  arg === '' ? '-ERR Invalid syntax\n' : `+OK Deleted: ${deleteTasks(sw, arg)}\n`
