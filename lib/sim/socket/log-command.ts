import type { Listener } from './listener.ts'
import { DEBUG, LOG_LEVELS } from '../events/log.ts'
import type { Switch } from '../core/switch.ts'

/** What FreeSWITCH makes of a number above its levels: all the debug levels there are. */
const ABOVE = 63

const levelOf = (text: string): number | undefined => {
  if (text === '') return DEBUG
  if (/^\d+$/.test(text)) return Number(text) <= DEBUG ? Number(text) : ABOVE
  const level = LOG_LEVELS.indexOf(text.toUpperCase())
  return level < 0 ? undefined : level
}

/** Tells the switch how much of its log anybody listens to: what nobody does is not written. */
export const refreshLogLevel = (sw: Switch): void => {
  sw.logLevel = Math.max(-1, ...[...sw.listeners].map(({ logLevel }) => logLevel ?? -1))
}

/** `log [level]`: the reply. From now on the lines of that level, and more important ones, come as log/data. */
export const logCommand = (sw: Switch, listener: Listener, rest: string): string => {
  const [text = ''] = rest.trim().split(' ')
  const level = levelOf(text)
  if (level === undefined) return '-ERR invalid log level'
  listener.logLevel = level
  refreshLogLevel(sw)
  return `+OK log level ${text} [${level}]`
}

/** `nolog`: the reply. */
export const nologCommand = (sw: Switch, listener: Listener): string => {
  if (listener.logLevel === undefined) return '-ERR not loging'
  listener.logLevel = undefined
  refreshLogLevel(sw)
  return '+OK no longer logging'
}
