import { preAnswer } from '../calls/called-side.ts'
import type { Application } from '../execution/execution.ts'

/** Sends back what comes, until the call ends or a break (`switch_ivr_session_echo` in `src/switch_ivr.c`). */
export const echo: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  run.onStop = () => run.end()
}
