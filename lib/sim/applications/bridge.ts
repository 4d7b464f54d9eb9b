import { isUp, type Channel } from '../channel/channel.ts'
import { connectLegs } from '../calls/bridged.ts'
import {
  setBridgeFailed,
  setBridgeLeg,
  setBridgeStarted,
  setBridgeSucceeded,
  setLegsFailed,
  setOriginatorVariables,
  setPartnerMedia,
} from '../channel/bridge-variables.ts'
import { cloneProfile, logicalDirection, noTimes, updateProfile } from '../channel/caller-profile.ts'
import { answer, preAnswer, ringReady } from '../calls/called-side.ts'
import { dial } from '../calls/dial.ts'
import { parseDialString, type DialString, type Variables } from '../calls/dial-string.ts'
import type { Endpoint } from '../calls/endpoint.ts'
import { anyUp, causeOf, dialGroup, dropAll, dropOthers, limitRinging, notModelled } from '../calls/fork.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { hangup } from '../channel/hangup.ts'
import { numberOfCause } from '../channel/sip-causes.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { changeCallState } from '../channel/transitions.ts'
import { getVariable, isTrue, setOwn } from '../channel/variables.ts'

const named = (cause: string, list: string): boolean =>
  list.split(',').some((one) => one.trim().toUpperCase() === cause || Number(one) === numberOfCause(cause))

/** Whether a failed bridge ends the call, or its dialplan goes on (`switch_channel_handle_cause`). */
const goesOn = (channel: Channel, cause: string): boolean => {
  const failing = getVariable(channel, 'failure_causes')
  const continuing = getVariable(channel, 'continue_on_fail')
  if (failing !== undefined && !named(cause, failing)) return true
  return continuing !== undefined && (isTrue(continuing) || named(cause, continuing))
}

const fail = (sw: Switch, run: Execution, cause: string, legs: readonly Channel[] = []): void => {
  const { channel } = run
  if (channel.callState === 'RING_WAIT') changeCallState(sw, channel, 'ACTIVE')
  setBridgeFailed(channel, cause, legs)
  if (isUp(channel) && !goesOn(channel, cause)) hangup(sw, channel, cause, 'itself')
  run.end()
}

/** The leg is dialed for its originator: with its caller id, its variables to export, and its call's uuid. */
const dialFor = (
  sw: Switch,
  channel: Channel,
  variables: Variables,
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
    inherited: (leg) => {
      // How the caller's number is shown goes with it (`sofia_outgoing_channel`).
      const shown = getVariable(channel, 'sip_cid_type')
      if (shown !== undefined) setOwn(leg, 'sip_cid_type', shown)
      setOriginatorVariables(leg, channel)
    },
  })
}

/** `bridge <dial string>`: dials another leg and connects the two (`audio_bridge_function` in `mod_dptools.c`). */
export const bridge: Application = (sw, run) => {
  const { channel } = run
  const dialed = parseDialString(run.arg)
  if (channel.answerState === 'answered') changeCallState(sw, channel, 'RING_WAIT')
  setBridgeStarted(channel)
  if (dialed && notModelled(sw, dialed) === undefined) tryGroup(sw, run, dialed, 0)
  else fail(sw, run, 'CHAN_NOT_IMPLEMENTED')
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
      fail(sw, run, why, legs)
      return
    }
    setLegsFailed(channel, why, legs)
    tryGroup(sw, run, dialed, at + 1)
  }
  if (legs.length === 0) failed(cause)
  else ringAndConnect(sw, run, legs, dialed, failed)
}

const ringAndConnect = (
  sw: Switch,
  run: Execution,
  legs: readonly Channel[],
  { variables }: DialString,
  failed: (cause: string) => void,
): void => {
  const { channel } = run
  let winner: Channel | undefined
  const seconds = Number(variables.get('originate_timeout') ?? getVariable(channel, 'call_timeout') ?? 60)
  const takesEarly = (leg: Channel): boolean =>
    !isTrue(getVariable(leg, 'ignore_early_media') ?? getVariable(channel, 'ignore_early_media'))
  const soon = (then: () => void): void => {
    later(sw, TIMING.originatePoll, () => {
      if (isUp(channel) && !run.ended) then()
    })
  }
  const stopClocks = limitRinging(sw, legs, seconds, () => {
    for (const leg of legs) if (isUp(leg)) hangup(sw, leg, 'NO_ANSWER', 'command')
  })
  const giveUp = (): void => {
    stopClocks()
    dropAll(sw, legs)
    failed(causeOf(legs))
  }
  run.onStop = (why) => {
    if (why !== 'hangup') return
    stopClocks()
    dropAll(sw, legs, 'ORIGINATOR_CANCEL')
    setBridgeFailed(channel, 'ORIGINATOR_CANCEL', legs)
    run.end()
  }
  const connect = (leg: Channel): void => {
    stopClocks()
    dropOthers(sw, legs, leg)
    winner = leg
    if (leg.caller) {
      const times = { ...leg.caller.times }
      const profile = cloneProfile(leg.caller, { logicalDirection: 'inbound', times })
      channel.other = { type: 'originatee', profile }
    }
    if (channel.callState === 'RING_WAIT') changeCallState(sw, channel, 'ACTIVE')
    setBridgeSucceeded(channel, leg, legs)
    run.onStop = (why) => {
      if (why === 'hangup') channel.leaveBridge?.()
    }
    connectLegs(sw, channel, leg, () => run.end())
  }
  /** What a leg says reaches the calling one with the next look at it; only one leg can be taken. */
  const hear = (leg: Channel, heard: 'ringing' | 'early' | 'answered'): void => {
    if (winner !== undefined && winner !== leg) return
    if (channel.caller && leg.caller)
      updateProfile(channel.caller, {
        calleeName: leg.caller.calleeName,
        calleeNumber: leg.caller.calleeNumber,
      })
    if (heard === 'ringing') soon(() => ringReady(sw, channel))
    else if (heard === 'early') {
      if (!takesEarly(leg)) return
      winner = leg
      soon(() => {
        setPartnerMedia(channel, leg)
        preAnswer(sw, channel)
        if (leg.partner === undefined && isUp(leg)) connect(leg)
      })
    } else {
      winner = leg
      soon(() => {
        if (leg.partner === undefined) setPartnerMedia(channel, leg)
        answer(sw, channel)
        if (leg.partner === undefined && isUp(leg)) connect(leg)
        else if (!isUp(leg)) giveUp()
      })
    }
  }
  for (const leg of legs) {
    leg.onHangup.push(() => {
      if (leg.partner === undefined && (winner === leg || !anyUp(legs))) soon(giveUp)
    })
    leg.waiter = (heard) => hear(leg, heard)
  }
}
