import { bytesOf } from '../../esl/percent.ts'
import { micros, type Switch } from '../core/switch.ts'
import { sendEvent } from '../socket/listener.ts'
import { localStamp } from './stamps.ts'

/** Where a line of the log comes from, in FreeSWITCH 1.10.12, and how loud it is. */
export interface LogOrigin {
  readonly level: number
  /** `Text-Channel`: 1 has nothing in front of its text, the others the time and the place. */
  readonly channel: 0 | 1 | 3
  readonly file: string
  readonly fn: string
  readonly line: number
}

/** The levels, by their numbers. */
export const LOG_LEVELS = ['CONSOLE', 'ALERT', 'CRIT', 'ERR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG']

export const DEBUG = 7
export const INFO = 6
export const NOTICE = 5

/** The embedded switch leaves the machine idle, as far as it knows. */
const IDLE = '100.00%'

const prefix = (sw: Switch, { level, file, line }: LogOrigin): string => {
  const now = micros(sw)
  const fraction = String(now % 1e6).padStart(6, '0')
  return `${localStamp(now)}.${fraction} ${IDLE} [${LOG_LEVELS[level] ?? ''}] ${file}:${line} `
}

/** Writes a line to the connections that listen to the log at its level (`socket_logger` in `mod_event_socket.c`). */
export const log = (sw: Switch, origin: LogOrigin, text: string, uuid = ''): void => {
  const { level, channel, file, fn, line } = origin
  if (level > sw.logLevel) return
  const data = bytesOf(`${channel === 1 ? '' : prefix(sw, origin)}${text}\n`)
  const frame =
    `Content-Type: log/data\nContent-Length: ${data.length}\nLog-Level: ${level}` +
    `\nText-Channel: ${channel}\nLog-File: ${file}\nLog-Func: ${fn}\nLog-Line: ${line}\nUser-Data: ${bytesOf(uuid)}\n\n${data}`
  for (const listener of sw.listeners) if ((listener.logLevel ?? -1) >= level) sendEvent(listener, frame)
}
