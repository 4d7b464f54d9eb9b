import type { Application } from '../execution/execution.ts'
import { hangup } from '../channel/hangup.ts'
import { causeOfStatus, phraseOf, readCause } from '../channel/sip-causes.ts'

/** `hangup [cause]`. */
export const hangupApp: Application = (sw, run) => {
  hangup(sw, run.channel, readCause(run.arg), 'itself')
  run.end()
}

/** `respond <status> [phrase]`: refuses the call with a SIP answer (`SWITCH_MESSAGE_INDICATE_RESPOND` in mod_sofia). */
export const respond: Application = (sw, run) => {
  const [, code = '488', phrase = ''] = /^\s*(\d{3})?\s*(.*)$/.exec(run.arg) ?? []
  const status = Number(code)
  if (run.channel.leg) run.channel.leg.refusal = [status, phrase === '' ? phraseOf(status) : phrase]
  hangup(sw, run.channel, causeOfStatus(status), 'itself')
  run.end()
}
