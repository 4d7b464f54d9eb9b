import { strftime } from './strftime.ts'
import { later, micros, type Switch } from '../core/switch.ts'
import type { Api } from './api.ts'

/** `strftime [<epoch>|| ][<format>]`: the embedded switch lives in UTC (`strftime_api_function` in `mod_dptools.c`). */
export const strftimeApi = (sw: Switch, arg: string): string => {
  // The character behind the bar is lost in the real one too.
  const [, epoch, format = arg] = /^([^|]*)\|.?([^]*)$/.exec(arg) ?? []
  const ms = epoch === undefined ? sw.clock.now() : (Number.parseInt(epoch, 10) || 0) * 1000
  return strftime(format === '' ? '%Y-%m-%d %T' : format, ms, 'UTC') ?? ''
}

/** `strftime_tz <zone> [<epoch>|][<format>]`. */
export const strftimeTz = (sw: Switch, arg: string): string => {
  const [, zone = '', rest = ''] = /^(\S*) ?([^]*)$/.exec(arg) ?? []
  const [, epoch, format = rest] = /^([^|]*)\|([^]*)$/.exec(rest) ?? []
  const seconds = Number.parseInt(epoch ?? '', 10) || 0
  const ms = seconds === 0 ? sw.clock.now() : seconds * 1000
  const text = strftime(format === '' ? '%Y-%m-%d %T' : format, ms, zone === '' ? 'UTC' : zone)
  return text ?? '-ERR Invalid timezone/format\n'
}

export const strEpoch = (sw: Switch): string => String(Math.floor(sw.clock.now() / 1000))

export const strMicroEpoch = (sw: Switch): string => String(micros(sw))

/** `msleep <ms>`: the connection waits that long. */
export const msleep: Api = (sw, arg, output) => {
  later(sw, Math.max(0, Number.parseInt(arg, 10) || 0), () => output('+OK'))
}

const LONGEST = 1_000_000
const MOST = 100

/** `time_test <microseconds> [<times>]`: sleeps that often, and tells how long each sleep was. */
export const timeTest: Api = (sw, arg, output) => {
  if (arg === '') {
    output('parameter missing\n')
    return
  }
  const [first = '', times = ''] = arg.split(' ')
  const wanted = Math.min(Number.parseInt(first, 10) || 0, LONGEST)
  const asked = Number.parseInt(times, 10)
  const count = asked > 0 ? Math.min(asked, MOST) : 10
  const lines: string[] = []
  let total = 0
  const sleep = (): void => {
    const before = micros(sw)
    later(sw, Math.max(0, wanted / 1000), () => {
      const slept = micros(sw) - before
      total += slept
      lines.push(`test ${lines.length + 1} sleep ${wanted} ${slept}\n`)
      if (lines.length < count) sleep()
      else output(`${lines.join('')}avg ${Math.floor(total / count)}\n`)
    })
  }
  sleep()
}
