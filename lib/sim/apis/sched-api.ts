import { runApi } from '../socket/run-api.ts'
import { schedule } from '../core/schedule.ts'
import type { Switch } from '../core/switch.ts'

const USAGE = '-ERR Invalid syntax. USAGE: [+@]<time> <group_name> <command_string>[&]\n'

/** `sched_api [+@]<time> <group> <command>`: what the command prints is lost (`sched_api_function`). */
export const schedApi = (sw: Switch, arg: string): string => {
  const [, when = '', group = '', command = ''] = /^(\S+) (\S+) (.+?)&?$/.exec(arg) ?? []
  if (command === '') return USAGE
  const id = schedule(sw, when, { group, desc: 'sched_api_function' }, () => {
    runApi(sw, command, () => undefined)
  })
  return `+OK Added: ${id}\n`
}
