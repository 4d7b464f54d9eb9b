import { maskRecording, startRecording, stopRecording } from '../media/recordings.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

const USAGE = '-USAGE: <uuid> [start|stop|mask|unmask] <path> [<limit>] [<recording_vars>]\n'

const NOT_MODELLED = new Set(['pause', 'resume'])

/** `uuid_record <uuid> start|stop|mask|unmask <path> [<seconds>]`; `stop all` for every file. No file is written. */
export const uuidRecord = (sw: Switch, arg: string): string => {
  const [uuid = '', verb = '', path = '', limit = '', vars] = separate(arg, ' ', 5)
  if (path === '') return USAGE
  const channel = sw.channels.get(uuid)
  if (!channel) return '-ERR Cannot locate session!\n'
  const action = verb.toLowerCase()
  if (NOT_MODELLED.has(action) || vars !== undefined)
    return `-ERR uuid_record ${vars === undefined ? action : 'with variables'} is not modelled by the embedded switch\n`
  const done = (ok: boolean, what: string): string => (ok ? '+OK Success\n' : `-ERR Cannot ${what}!\n`)
  switch (action) {
    case 'start':
      return done(startRecording(sw, channel, path, Number.parseInt(limit, 10) || 0), 'record session')
    case 'stop':
      return done(stopRecording(sw, channel, path), 'stop record session')
    case 'mask':
    case 'unmask':
      return done(maskRecording(channel, path, action === 'mask'), `${action} recording session`)
    default:
      return USAGE
  }
}
