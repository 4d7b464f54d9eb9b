import { startJob } from '../socket/bgapi.ts'
import type { Switch } from '../core/switch.ts'
import { separate } from '../calls/separate.ts'

/** Levels of the log, by their numbers (`switch_log_str2level` in `src/switch_log.c`). */
const LEVELS = ['CONSOLE', 'ALERT', 'CRIT', 'ERR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG']

/** The number of a level that is given by number or name; undefined for none. */
export const readLevel = (text: string): number | undefined => {
  if (/^\d/.test(text)) return Number.parseInt(text, 10)
  const level = LEVELS.indexOf(text.toUpperCase())
  return level < 0 ? undefined : level
}

export const levelName = (level: number): string =>
  level < 0 ? 'DISABLE' : (LEVELS[Math.min(level, LEVELS.length - 1)] ?? '')

/** `console loglevel [level]`: there is no console, but it keeps what it is told (`mod_console.c`). */
export const consoleApi = (sw: Switch, arg: string): string => {
  const [verb = '', value] = separate(arg, ' ', 3)
  if (verb.toLowerCase() !== 'loglevel') return `-ERR console ${arg} is not modelled by the embedded switch\n`
  const level = value === undefined ? sw.stores.consoleLevel : readLevel(value)
  if (level === undefined) return `-ERR Invalid console loglevel (${value ?? ''})!\n\n`
  sw.stores.consoleLevel = level
  return `+OK console log level set to ${levelName(level)}\n`
}

/** `bgapi [uuid:<uuid> ]<command>` as an api command: the same as the command of the socket. */
export const bgapi = (sw: Switch, arg: string): string => {
  const [, given, line = arg] = /^uuid:(\S+) ([^]*)$/i.exec(arg) ?? []
  if (line === '') return '-ERR Invalid syntax\n'
  const uuid = given ?? sw.random.uuid()
  startJob(sw, uuid, line)
  return `+OK Job-UUID: ${uuid}\n`
}
