import { broadcast, missingApplication, readLegs, type BroadcastLegs } from '../media/broadcast.ts'
import { schedule } from '../core/schedule.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

/** What would have to be ignored, and is therefore refused. */
const refusal = (path: string, legs: BroadcastLegs | undefined): string | undefined => {
  const missing = missingApplication(path)
  if (missing !== undefined) return `the application ${missing}`
  return legs === undefined ? 'such a leg' : undefined
}

const notModelled = (what: string): string => `-ERR ${what} is not modelled by the embedded switch\n`

/** `uuid_broadcast <uuid> <path> [aleg|bleg|both]`. */
export const uuidBroadcast = (sw: Switch, arg: string): string => {
  const [uuid = '', path = '', word] = separate(arg, ' ', 4)
  if (path === '') return '-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return '-ERR invalid uuid\n'
  const legs = readLegs(word)
  const refused = refusal(path, legs)
  if (refused !== undefined || !legs) return notModelled(refused ?? '')
  broadcast(sw, channel, path, legs)
  return '+OK Message sent\n'
}

/** `sched_broadcast [+]<time> <uuid> <path> [aleg|bleg|both]`; a channel that does not exist then is nothing. */
export const schedBroadcast = (sw: Switch, arg: string): string => {
  const [when = '', uuid = '', path = '', word] = separate(arg, ' ', 4)
  if (path === '') return '-USAGE: [[+]<time>|@time] <uuid> <path> [aleg|bleg|both]\n'
  const legs = readLegs(word)
  const refused = refusal(path, legs)
  if (refused !== undefined || !legs) return notModelled(refused ?? 'such a leg')
  const run = (): void => {
    const now = sw.channels.get(uuid)
    if (now) broadcast(sw, now, path, legs)
  }
  schedule(sw, when.replace(/^@/, ''), { group: uuid, desc: 'switch_ivr_schedule_broadcast' }, run)
  return '+OK Message scheduled\n'
}
