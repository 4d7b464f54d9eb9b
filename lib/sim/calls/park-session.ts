import type { Channel } from '../channel/channel.ts'
import { enterState } from '../channel/transitions.ts'
import type { Switch } from '../core/switch.ts'
import { beginPark } from '../applications/park.ts'
import { createExecution } from '../execution/execution.ts'
import { expectPickup } from '../execution/messages.ts'
import { redirect } from './redirect.ts'

/**
 * Takes a channel out of what it does, and parks it in a state of its own, without an application: CS_PARK
 * (`switch_ivr_park_session` in `src/switch_ivr.c`).
 */
export const parkSession = (sw: Switch, channel: Channel): void => {
  channel.state = 'CS_PARK'
  channel.actions = []
  redirect(sw, channel, () => {
    enterState(sw, channel, 'CS_PARK')
    const run = createExecution(sw, channel, { app: 'park', arg: '', uuid: '' }, () => undefined)
    channel.executions.push(run)
    beginPark(sw, run)
    expectPickup(sw, channel)
  })
}
