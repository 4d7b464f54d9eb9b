import { setBridgeLeg, setBridgeStarted, setLegsFailed } from '../channel/bridge-variables.ts'
import type { Channel } from '../channel/channel.ts'
import { changeCallState } from '../channel/transitions.ts'
import { failBridge } from '../calls/bridge-failure.ts'
import { dialFor } from '../calls/dial-for.ts'
import { parseDialString, type DialString } from '../calls/dial-string.ts'
import { dialGroup, notModelled } from '../calls/fork.ts'
import { ringAndConnect } from '../calls/ring-and-connect.ts'
import { getVariable } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import type { Application, Execution } from '../execution/execution.ts'

/** Variables that have a bridge do what is not modelled: tones to the caller meanwhile, applications before the two are connected. */
const NOT_MODELLED = ['ringback', 'bridge_pre_execute_aleg_app', 'bridge_pre_execute_bleg_app']

const asksForMore = (channel: Channel, { variables, groups }: DialString): boolean => {
  const given = [variables, ...groups.flat().map((leg) => leg.variables)]
  return NOT_MODELLED.some(
    (name) =>
      (getVariable(channel, name) ?? '') !== '' || given.some((each) => (each.get(name) ?? '') !== ''),
  )
}

/** `bridge <dial string>`: dials another leg and connects the two (`audio_bridge_function` in `mod_dptools.c`). */
export const bridge: Application = (sw, run) => {
  const { channel } = run
  const dialed = parseDialString(run.arg)
  if (channel.answerState === 'answered') changeCallState(sw, channel, 'RING_WAIT')
  setBridgeStarted(channel)
  const refused = dialed && (notModelled(sw, dialed) !== undefined || asksForMore(channel, dialed))
  if (dialed && !refused) tryGroup(sw, run, dialed, 0)
  else failBridge(sw, run, 'CHAN_NOT_IMPLEMENTED')
}

/** Dials the legs whose turn it is; the next ones when these have failed. */
const tryGroup = (sw: Switch, run: Execution, dialed: DialString, at: number): void => {
  const { channel } = run
  const { legs, cause } = dialGroup(sw, dialed, dialed.groups[at] ?? [], (endpoint, variables) => {
    if (endpoint.kind === 'failed') return endpoint.cause
    const leg = dialFor(sw, channel, variables, endpoint)
    if (typeof leg !== 'string') setBridgeLeg(channel, leg)
    return leg
  })
  const failed = (why: string): void => {
    if (at + 1 >= dialed.groups.length) {
      failBridge(sw, run, why, legs)
      return
    }
    setLegsFailed(channel, why, legs)
    tryGroup(sw, run, dialed, at + 1)
  }
  if (legs.length === 0) failed(cause)
  else ringAndConnect(sw, run, legs, dialed, failed)
}
