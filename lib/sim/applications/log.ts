import { log as writeLine, LOG_LEVELS, DEBUG, INFO, type LogOrigin } from '../events/log.ts'
import { channelText } from '../events/channel-text.ts'
import { decode } from '../events/encode.ts'
import type { Application } from '../execution/execution.ts'
import { variablesText } from '../channel/variables.ts'

const origin = (level: number, fn: string, line: number): LogOrigin => ({
  level,
  channel: 3,
  file: 'mod_dptools.c',
  fn,
  line,
})

/** A level by its name or its number (`switch_log_str2level`); undefined for none. */
const readLevel = (word: string): number | undefined => {
  const named = LOG_LEVELS.indexOf(word.toUpperCase())
  if (named >= 0) return named
  return /^\d+$/.test(word) ? Math.min(Number(word), DEBUG) : undefined
}

/** `log [level] <text>`: a line in the log; DEBUG where no level is said. */
export const log: Application = (sw, run) => {
  const { arg, channel } = run
  const space = arg.indexOf(' ')
  const level = space < 0 ? DEBUG : (readLevel(arg.slice(0, space)) ?? DEBUG)
  if (arg !== '') writeLine(sw, origin(level, 'log_function', 1865), arg.slice(space + 1), channel.uuid)
  run.end()
}

/** `info [level]`: all that is known of the channel, in the log. */
export const info: Application = (sw, run) => {
  const { arg, channel } = run
  const level = arg === '' ? INFO : (readLevel(arg) ?? DEBUG)
  if (level <= sw.logLevel) {
    const lines = decode(
      `${channelText(channel)}${variablesText(channel)}`.replace(/^([^:\n]+): (.*)$/gm, '$1: [$2]'),
    )
    writeLine(sw, origin(level, 'info_function', 1884), `CHANNEL_DATA:${lines}\n`, channel.uuid)
  }
  run.end()
}
