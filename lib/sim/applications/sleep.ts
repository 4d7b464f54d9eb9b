import type { Application } from '../execution/execution.ts'
import { cancel, later } from '../core/switch.ts'

/** `sleep <ms>` (`switch_ivr_sleep`): what nests in it counts as sleep. */
export const sleep: Application = (sw, run) => {
  const ms = Math.max(0, Number.parseInt(run.arg, 10) || 0)
  const until = sw.clock.now() + ms
  let timer = later(sw, ms, () => run.end())
  run.onPause = () => cancel(sw, timer)
  run.onResume = () => {
    timer = later(sw, Math.max(0, until - sw.clock.now()), () => run.end())
  }
  const stop = (): void => {
    cancel(sw, timer)
    run.end()
  }
  run.onStop = stop
  // A digit ends it, and stays for the next application.
  run.onDigit = stop
}
