import type { Application } from '../execution/execution.ts'
import { hangup } from '../channel/hangup.ts'
import { causeOfStatus, readCause } from '../channel/sip-causes.ts'
import { phraseOf } from '../channel/sip-phrases.ts'

/** `hangup [cause]`. */
export const hangupApp: Application = (sw, run) => {
  hangup(sw, run.channel, readCause(run.arg), 'itself')
  run.end()
}

/** 407 is meant, too, but compared with the cause (`SWITCH_MESSAGE_INDICATE_RESPOND` in `mod_sofia.c`). */
const causeOfOwn = (status: number): string => (status === 401 ? 'USER_CHALLENGE' : causeOfStatus(status))

/** `respond <status> [phrase]`: refuses the call with a SIP answer (`SWITCH_MESSAGE_INDICATE_RESPOND` in mod_sofia). */
export const respond: Application = (sw, run) => {
  const [, code = '488', phrase = ''] = /^\s*(\d{3})?\s*(.*)$/.exec(run.arg) ?? []
  const status = Number(code)
  if (status < 300) {
    // Without a session description it moves the caller to nothing that a switch would tell of.
    run.end()
    return
  }
  if (run.channel.leg) run.channel.leg.refusal = [status, phrase === '' ? phraseOf(status) : phrase]
  hangup(sw, run.channel, causeOfOwn(status), 'itself')
  run.end()
}
