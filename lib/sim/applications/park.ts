import { emit } from '../events/emit.ts'
import type { Application } from '../execution/execution.ts'
import { hangup, windDown } from '../channel/hangup.ts'
import { KINDS } from '../events/kinds.ts'
import { readCause } from '../channel/sip-causes.ts'
import { cancel, later } from '../core/switch.ts'
import { getVariable, unsetVariable } from '../channel/variables.ts'

/** Waits for a controller; `park_timeout` (seconds, `:cause`) is read once, now (`switch_ivr_park`). */
export const park: Application = (sw, run) => {
  const { channel } = run
  const timeout = getVariable(channel, 'park_timeout')
  if (timeout !== undefined) unsetVariable(channel, 'park_timeout')
  emit(sw, KINDS.park, channel)
  const [seconds = '', cause = 'NORMAL_CLEARING'] = (timeout ?? '').split(':')
  const timer =
    timeout === undefined
      ? undefined
      : later(sw, Number.parseInt(seconds, 10) * 1000, () => {
          hangup(sw, channel, readCause(cause), 'itself')
          windDown(sw, channel)
        })
  run.onDigit = (take) => take()
  run.onStop = (why) => {
    if (why !== 'hangup') return
    cancel(sw, timer)
    emit(sw, KINDS.unpark, channel)
    run.end()
  }
}
