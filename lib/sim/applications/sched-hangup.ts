import type { Application } from '../execution/execution.ts'
import { scheduleHangup } from '../core/schedule.ts'
import { readCause } from '../channel/sip-causes.ts'

/** `sched_hangup [+]<seconds> [cause]`. */
export const schedHangupApp: Application = (sw, run) => {
  const [when = '', cause = 'ALLOTTED_TIMEOUT'] = run.arg.trim().split(/ +/)
  scheduleHangup(sw, run.channel, when, readCause(cause))
  run.end()
}
