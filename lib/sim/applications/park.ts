import type { TimerHandle } from '../../clock.ts'
import type { Channel } from '../channel/channel.ts'
import { emit } from '../events/emit.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { hangup, windDown } from '../channel/hangup.ts'
import { KINDS } from '../events/kinds.ts'
import { readCause } from '../channel/sip-causes.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { getVariable, unsetVariable } from '../channel/variables.ts'

/** FreeSWITCH counts whole seconds of the clock here (`switch_epoch_time_now`), not from now on. */
const untilSecond = (sw: Switch, seconds: number): number =>
  (Math.floor(sw.clock.now() / 1000) + seconds) * 1000 - sw.clock.now()

const hangupAfter = (sw: Switch, channel: Channel, timeout: string): TimerHandle => {
  const [seconds = '', cause = 'NORMAL_CLEARING'] = timeout.split(':')
  return later(sw, untilSecond(sw, Number.parseInt(seconds, 10)), () => {
    hangup(sw, channel, readCause(cause), 'itself')
    windDown(sw, channel)
  })
}

const takeIt: Execution['onDigit'] = (take) => take()

/**
 * Waits for a controller; `park_timeout` (seconds, `:cause`) is read once, now (`switch_ivr_park`). It is `left` when the
 * channel has hung up, or when nobody controls it any longer.
 */
export const beginPark = (sw: Switch, run: Execution, left = (): void => run.end()): void => {
  const { channel } = run
  // One that waits already waits no second time (CF_CONTROLLED).
  if (channel.executions.some((one) => one !== run && one.onUncontrolled)) {
    left()
    return
  }
  const timeout = getVariable(channel, 'park_timeout')
  if (timeout !== undefined) unsetVariable(channel, 'park_timeout')
  emit(sw, KINDS.park, channel)
  const timer = timeout === undefined ? undefined : hangupAfter(sw, channel, timeout)
  run.onDigit = takeIt
  const leave = (): void => {
    cancel(sw, timer)
    emit(sw, KINDS.unpark, channel)
    left()
  }
  run.onStop = (why) => {
    if (why === 'hangup') leave()
  }
  // What nests in it goes on; it looks at the flag (CF_CONTROLLED) once a frame, when it is its turn again.
  const leaveIfTopmost = (): void => {
    if (!run.ended && channel.executions.at(-1) === run) leave()
  }
  run.onUncontrolled = () => {
    run.onResume = leaveIfTopmost
    later(sw, TIMING.frame, leaveIfTopmost)
  }
}

/** `park`. */
export const park: Application = (sw, run) => beginPark(sw, run)
