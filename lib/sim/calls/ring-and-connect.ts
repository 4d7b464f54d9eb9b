import { setBridgeFailed, setBridgeSucceeded, setPartnerMedia } from '../channel/bridge-variables.ts'
import { cloneProfile, updateProfile } from '../channel/caller-profile.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { changeCallState } from '../channel/transitions.ts'
import { getVariable, isTrue } from '../channel/variables.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import type { Execution } from '../execution/execution.ts'
import { connectLegs, showEach } from './bridged.ts'
import { answer, preAnswer, ringReady } from './called-side.ts'
import type { DialString } from './dial-string.ts'
import { anyUp, causeOf, dropAll, dropOthers, limitRinging } from './fork.ts'

/** Waits for the legs of a bridge, and connects the first that answers, or sends early media, with the one that calls. */
export const ringAndConnect = (
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
        else soon(() => showEach(sw, channel, leg))
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
