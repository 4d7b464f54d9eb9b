import { NO_CHANNEL } from './api.ts'
import { hangup } from '../channel/hangup.ts'
import { readCause } from '../channel/sip-causes.ts'
import { later, partnerOf, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { parkSession } from '../calls/park-session.ts'
import { canTransfer } from '../calls/transfer.ts'

/** `uuid_kill <uuid> [cause]`. */
export const uuidKill = (sw: Switch, arg: string): string => {
  const [uuid = '', cause = 'NORMAL_CLEARING'] = arg.split(/ +/)
  if (uuid === '') return '-USAGE: <uuid> [cause]\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  hangup(sw, channel, readCause(cause), 'command')
  return '+OK\n'
}

export const uuidExists = (sw: Switch, arg: string): string => (sw.channels.has(arg) ? 'true' : 'false')

/**
 * `uuid_break <uuid> [all] [both]`: what plays stops with its next frame, and what it had nested in a frame later; a park
 * does not (`break_function`, and what `switch_ivr_parse_event` does of CF_STOP_BROADCAST).
 */
export const uuidBreak = (sw: Switch, arg: string): string => {
  const [uuid = '', ...flags] = arg.split(/ +/)
  if (uuid === '') return '-USAGE: <uuid> [all]\n'
  const channel = sw.channels.get(uuid)
  if (!channel) return NO_CHANNEL
  const partner = flags.includes('both') ? partnerOf(sw, channel) : undefined
  for (const one of partner ? [channel, partner] : [channel]) {
    if (flags.includes('all')) one.messages.length = 0
    one.broken = true
    for (const [i, run] of one.executions.toReversed().entries())
      later(sw, (i + 1) * TIMING.frame, () => (run.ended ? undefined : run.stop('break')))
  }
  return '+OK\n'
}

/** `uuid_park <uuid>`: what runs ends, and the channel parks anew, in a state of its own. */
export const uuidPark = (sw: Switch, arg: string): string => {
  if (arg === '') return '-USAGE: <uuid>\n'
  const channel = sw.channels.get(arg)
  if (!channel) return NO_CHANNEL
  if (!canTransfer(channel))
    return '-ERR parking a leg that is being dialed is not modelled by the embedded switch\n'
  parkSession(sw, channel)
  return '+OK\n'
}
