import { hold, unhold } from '../channel/hold.ts'
import type { Application } from '../execution/execution.ts'

/** `hold`, `unhold`: of the far end (`switch_ivr_hold_uuid`); one that is not answered yet has no session to renew. */
export const holdApp: Application = (sw, run) => {
  if (run.channel.answerState === 'answered') hold(sw, run.channel)
  run.end()
}

export const unholdApp: Application = (sw, run) => {
  if (run.channel.answerState === 'answered') unhold(sw, run.channel)
  run.end()
}
