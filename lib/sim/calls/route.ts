import { isUp, type Channel } from '../channel/channel.ts'
import { hangup, windDown } from '../channel/hangup.ts'
import { expectPickup } from '../execution/messages.ts'
import { flipCallerId } from './flip-caller-id.ts'
import { takeRedirect } from './redirect.ts'
import { runApplication } from '../execution/run-application.ts'
import type { Action, Route } from './dialplan.ts'
import type { Switch } from '../core/switch.ts'
import { changeCallState, enterState } from '../channel/transitions.ts'
import { emit, nextSequence } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'
import { getVariable, setVariable } from '../channel/variables.ts'

/** A channel that has come in is told of, rings, and goes into the dialplan. */
export const announceAndRoute = (sw: Switch, channel: Channel): void => {
  channel.state = 'CS_ROUTING'
  emit(sw, KINDS.create, channel)
  channel.running = 'CS_ROUTING'
  changeCallState(sw, channel, 'RINGING')
  enterState(sw, channel, 'CS_ROUTING')
  // The dialplan hunt of a real switch uses up a number here.
  nextSequence(sw)
  route(sw, channel)
}

/** What the dialplan has for a channel, under its own destination or another; nothing where there is no extension. */
export const findRoute = (sw: Switch, channel: Channel, destination?: string, context?: string): Route => {
  const { caller, direction, uuid, leg } = channel
  const found = sw.config.dialplan({
    destination: destination ?? caller?.destination ?? '',
    context: context ?? caller?.context ?? '',
    callerIdName: caller?.name ?? '',
    callerIdNumber: caller?.number ?? '',
    uuid,
    profile: leg?.profile.name ?? '',
    direction,
    now: sw.clock.now(),
    variable: (name) => getVariable(channel, name),
  })
  return 'actions' in found ? found : { actions: found }
}

/** Finds a channel's extension and runs it; without one the call ends with NO_ROUTE_DESTINATION. */
export const route = (sw: Switch, channel: Channel): void => {
  const { actions, match } = findRoute(sw, channel)
  if (actions.length === 0) {
    setVariable(channel, 'call_uuid', channel.callUuid)
    hangup(sw, channel, 'NO_ROUTE_DESTINATION', 'itself')
    windDown(sw, channel)
    return
  }
  if (match)
    setVariable(channel, 'DP_MATCH', match.length > 1 ? `ARRAY::${match.join('|:')}` : (match[0] ?? ''))
  runActions(sw, channel, actions)
}

/** Runs applications one after the other in CS_EXECUTE; the channel hangs up when there are none left. */
export const runActions = (sw: Switch, channel: Channel, actions: readonly Action[]): void => {
  if (channel.direction === 'outbound' && !channel.hitDialplan) flipCallerId(sw, channel)
  channel.state = 'CS_EXECUTE'
  enterState(sw, channel, 'CS_EXECUTE')
  setVariable(channel, 'call_uuid', channel.callUuid)
  channel.actions = actions
  nextAction(sw, channel)
}

/** Goes on with what is left of the dialplan. */
export const resumeActions = (sw: Switch, channel: Channel): void => {
  channel.state = 'CS_EXECUTE'
  enterState(sw, channel, 'CS_EXECUTE')
  nextAction(sw, channel)
}

const nextAction = (sw: Switch, channel: Channel): void => {
  const [action, ...rest] = channel.actions
  if (!isUp(channel)) {
    windDown(sw, channel)
    return
  }
  if (takeRedirect(channel)) return
  if (!action) {
    hangup(sw, channel, 'NORMAL_CLEARING', 'itself')
    windDown(sw, channel)
    return
  }
  channel.actions = rest
  runApplication(sw, channel, { app: action.app, arg: action.arg ?? '' }, () => nextAction(sw, channel))
  expectPickup(sw, channel)
}
