import type { Listener } from './listener.ts'

const LEVELS = ['console', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']
const DEBUG = 7
/** What FreeSWITCH makes of a number above its levels: all the debug levels there are. */
const ABOVE = 63

const levelOf = (text: string): number | undefined => {
  if (text === '') return DEBUG
  if (/^\d+$/.test(text)) return Number(text) <= DEBUG ? Number(text) : ABOVE
  const level = LEVELS.indexOf(text.toLowerCase())
  return level < 0 ? undefined : level
}

/** `log [level]`: the reply. The level is kept; the embedded switch writes no log, so no lines come. */
export const logCommand = (listener: Listener, rest: string): string => {
  const [text = ''] = rest.trim().split(' ')
  const level = levelOf(text)
  if (level === undefined) return '-ERR invalid log level'
  listener.logLevel = level
  return `+OK log level ${text} [${level}]`
}

/** `nolog`: the reply. */
export const nologCommand = (listener: Listener): string => {
  if (listener.logLevel === undefined) return '-ERR not loging'
  listener.logLevel = undefined
  return '+OK no longer logging'
}
