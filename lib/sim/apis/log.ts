import { readLevel } from './console.ts'
import { DEBUG, log } from '../events/log.ts'
import type { Switch } from '../core/switch.ts'

/** `log <level> <text>`; without a level it is debug (`log_function` in `mod_commands.c`). */
export const logApi = (sw: Switch, arg: string): string => {
  const blank = arg.indexOf(' ')
  const level = blank < 0 ? undefined : readLevel(arg.slice(0, blank))
  const origin = {
    level: level ?? DEBUG,
    channel: 3,
    file: 'mod_commands.c',
    fn: 'log_function',
    line: 7200,
  } as const
  log(sw, origin, blank < 0 ? arg : arg.slice(blank + 1))
  return '+OK\n'
}
