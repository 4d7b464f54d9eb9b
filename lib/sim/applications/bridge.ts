import { isUp, type Channel } from '../channel/channel.ts'
import { release } from '../channel/channel-end.ts'
import { connectLegs } from '../calls/bridged.ts'
import {
  setBridgeFailed,
  setBridgeLeg,
  setBridgeStarted,
  setBridgeSucceeded,
  setOriginatorVariables,
  setPartnerMedia,
} from '../channel/bridge-variables.ts'
import { cloneProfile, logicalDirection, noTimes, updateProfile } from '../channel/caller-profile.ts'
import { answer, preAnswer, ringReady } from '../calls/called-side.ts'
import { dial } from '../calls/dial.ts'
import { parseDialString, type DialString } from '../calls/dial-string.ts'
import { readEndpoint, type Endpoint } from '../calls/endpoint.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { hangup } from '../channel/hangup.ts'
import { numberOfCause } from '../channel/sip-causes.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { changeCallState } from '../channel/transitions.ts'
import { getVariable, isTrue } from '../channel/variables.ts'

const named = (cause: string, list: string): boolean =>
  list.split(',').some((one) => one.trim().toUpperCase() === cause || Number(one) === numberOfCause(cause))

/** Whether a failed bridge ends the call, or its dialplan goes on (`switch_channel_handle_cause`). */
const goesOn = (channel: Channel, cause: string): boolean => {
  const failing = getVariable(channel, 'failure_causes')
  const continuing = getVariable(channel, 'continue_on_fail')
  if (failing !== undefined && !named(cause, failing)) return true
  return continuing !== undefined && (isTrue(continuing) || named(cause, continuing))
}

const fail = (sw: Switch, run: Execution, cause: string, leg?: Channel): void => {
  const { channel } = run
  if (channel.callState === 'RING_WAIT') changeCallState(sw, channel, 'ACTIVE')
  setBridgeFailed(channel, cause, leg)
  if (isUp(channel) && !goesOn(channel, cause)) hangup(sw, channel, cause, 'itself')
  run.end()
}

/** The leg is dialed for its originator: with its caller id, its variables to export, and its call's uuid. */
const dialFor = (
  sw: Switch,
  channel: Channel,
  { variables }: DialString,
  endpoint: Extract<Endpoint, { kind: 'sofia' }>,
): Channel | string => {
  const { caller } = channel
  for (const name of (getVariable(channel, 'export_vars') ?? '').split(',')) {
    const value = getVariable(channel, name)
    if (name !== '' && value !== undefined && !variables.has(name)) variables.set(name, value)
  }
  return dial(sw, {
    endpoint,
    variables,
    callerIdName: getVariable(channel, 'effective_caller_id_name') ?? caller?.name ?? '',
    callerIdNumber: getVariable(channel, 'effective_caller_id_number') ?? caller?.number ?? '',
    originator: channel.uuid,
    ...(caller
      ? {
          profile: {
            username: caller.username,
            dialplan: caller.dialplan,
            origName: caller.origName,
            origNumber: caller.origNumber,
            networkAddr: caller.networkAddr,
            ani: caller.ani,
            source: caller.source,
            context: caller.context,
          },
        }
      : {}),
    prepare: (leg) => {
      leg.held = true
      if (caller)
        leg.other = {
          type: 'originator',
          profile: cloneProfile(caller, { logicalDirection: logicalDirection(channel), times: noTimes() }),
        }
    },
    inherited: (leg) => setOriginatorVariables(leg, channel),
  })
}

/** `bridge <dial string>`: dials another leg and connects the two (`audio_bridge_function` in `mod_dptools.c`). */
export const bridge: Application = (sw, run) => {
  const { channel } = run
  const dialed = parseDialString(run.arg)
  const endpoint = dialed ? readEndpoint(sw, dialed.endpoint) : undefined
  if (channel.answerState === 'answered') changeCallState(sw, channel, 'RING_WAIT')
  setBridgeStarted(channel)
  if (!dialed || endpoint?.kind !== 'sofia') {
    fail(sw, run, endpoint?.kind === 'failed' ? endpoint.cause : 'CHAN_NOT_IMPLEMENTED')
    return
  }
  const leg = dialFor(sw, channel, dialed, endpoint)
  if (typeof leg === 'string') fail(sw, run, leg)
  else ringAndConnect(sw, run, leg, dialed)
}

const ringAndConnect = (sw: Switch, run: Execution, leg: Channel, { variables }: DialString): void => {
  const { channel } = run
  setBridgeLeg(channel, leg)
  const own = variables.get('leg_timeout')
  const seconds = Number(
    own ?? variables.get('originate_timeout') ?? getVariable(channel, 'call_timeout') ?? 60,
  )
  const early = !isTrue(variables.get('ignore_early_media') ?? getVariable(channel, 'ignore_early_media'))
  const soon = (then: () => void): void => {
    later(sw, TIMING.originatePoll, () => {
      if (isUp(channel) && !run.ended) then()
    })
  }
  const giveUp = (): void => {
    cancel(sw, timeout)
    leg.waiter = undefined
    release(sw, leg)
    fail(sw, run, leg.hangupCause ?? 'NO_ANSWER', leg)
  }
  const timeout = later(sw, seconds * 1000, () => {
    hangup(sw, leg, own === undefined ? 'NO_ANSWER' : 'ALLOTTED_TIMEOUT', 'command')
  })
  leg.onHangup.push(() => {
    if (leg.partner === undefined) soon(giveUp)
  })
  run.onStop = (why) => {
    if (why !== 'hangup') return
    cancel(sw, timeout)
    leg.waiter = undefined
    release(sw, leg)
    hangup(sw, leg, 'ORIGINATOR_CANCEL', 'command')
    run.end()
  }
  const connect = (): void => {
    cancel(sw, timeout)
    if (leg.caller) {
      const times = { ...leg.caller.times }
      const profile = cloneProfile(leg.caller, { logicalDirection: 'inbound', times })
      channel.other = { type: 'originatee', profile }
    }
    if (channel.callState === 'RING_WAIT') changeCallState(sw, channel, 'ACTIVE')
    setBridgeSucceeded(channel, leg)
    run.onStop = (why) => {
      if (why === 'hangup') channel.leaveBridge?.()
    }
    connectLegs(sw, channel, leg, () => run.end())
  }
  leg.waiter = (heard) => {
    if (channel.caller && leg.caller)
      updateProfile(channel.caller, {
        calleeName: leg.caller.calleeName,
        calleeNumber: leg.caller.calleeNumber,
      })
    if (heard === 'ringing') soon(() => ringReady(sw, channel))
    else if (heard === 'early') {
      if (!early) return
      soon(() => {
        setPartnerMedia(channel, leg)
        preAnswer(sw, channel)
        if (leg.partner === undefined && isUp(leg)) connect()
      })
    } else
      soon(() => {
        if (leg.partner === undefined) setPartnerMedia(channel, leg)
        answer(sw, channel)
        if (leg.partner === undefined && isUp(leg)) connect()
        else if (!isUp(leg)) giveUp()
      })
  }
}
