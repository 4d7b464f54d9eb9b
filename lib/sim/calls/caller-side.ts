import { markTime, updateProfile } from '../channel/caller-profile.ts'
import { setDisposition } from './called-variables.ts'
import { setAnswerSdp, setCallerMedia, setResponseVariables } from './caller-variables.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { emit } from '../events/emit.ts'
import { decode } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import type { Leg } from '../channel/leg.ts'
import { micros, type Switch } from '../core/switch.ts'
import { runHooks } from '../execution/hooks.ts'
import { changeCallState, setUpCodec } from '../channel/transitions.ts'
import { getVariable } from '../channel/variables.ts'

/** What the calling leg does with the answers to its INVITE (`sofia_handle_sip_i_state` in `sofia.c`). */

const listening = (channel: Channel): Leg | undefined =>
  isUp(channel) && channel.leg && !channel.leg.over && channel.leg.heard !== 'answered'
    ? channel.leg
    : undefined

/** The first word of the far end: who it is, or whom it is calling itself by then, and where (`generate_pai_str`). */
const meet = (channel: Channel, leg: Leg): void => {
  if (leg.heard !== 'nothing' || !channel.caller) return
  const { calleeName = '', calleeNumber = '' } = leg.peer?.caller ?? {}
  updateProfile(channel.caller, {
    calleeName: calleeName === '' ? decode(leg.dialog.toUser) : calleeName,
    ...(calleeNumber === '' ? {} : { calleeNumber }),
    networkAddr: decode(leg.dialog.calledHost),
  })
}

const mark = (sw: Switch, channel: Channel, what: 'answered' | 'progress' | 'progressMedia'): void => {
  if (channel.caller) markTime(channel.caller, what, micros(sw))
  if (channel.other?.type !== 'originator' || what === 'answered') return
  markTime(channel.other.profile, what, micros(sw))
  const caller = sw.channels.get(getVariable(channel, 'originator') ?? '')?.caller
  if (what === 'progress' && caller && caller.times.progress === 0) markTime(caller, what, micros(sw))
}

/** 180 Ringing: CHANNEL_PROGRESS. */
export const hearRinging = (sw: Switch, channel: Channel): void => {
  const leg = listening(channel)
  if (leg?.heard !== 'nothing') return
  meet(channel, leg)
  setResponseVariables(channel, leg)
  leg.heard = 'ringing'
  mark(sw, channel, 'progress')
  emit(sw, KINDS.progress, channel)
  runHooks(sw, channel, ['ring'], () => {
    changeCallState(sw, channel, 'RINGING')
    channel.waiter?.('ringing')
  })
}

/** 183 with SDP: CHANNEL_PROGRESS_MEDIA. */
export const hearEarlyMedia = (sw: Switch, channel: Channel): void => {
  const leg = listening(channel)
  if (!leg || leg.heard === 'early') return
  meet(channel, leg)
  setResponseVariables(channel, leg, true)
  setAnswerSdp(channel, leg)
  leg.heard = 'early'
  setDisposition(channel, 'EARLY%20MEDIA')
  mark(sw, channel, 'progressMedia')
  channel.answerState = 'early'
  emit(sw, KINDS.progressMedia, channel)
  runHooks(sw, channel, ['pre_answer', 'media'], () => {
    changeCallState(sw, channel, 'EARLY')
    setUpCodec(sw, channel)
    setCallerMedia(channel, leg, true)
    setDisposition(channel, 'EARLY%20MEDIA')
    channel.waiter?.('early')
  })
}

/** 200 OK: CHANNEL_ANSWER. */
export const hearAnswer = (sw: Switch, channel: Channel): void => {
  const leg = listening(channel)
  if (!leg) return
  const early = leg.heard === 'early'
  meet(channel, leg)
  if (!early) setUpCodec(sw, channel)
  setResponseVariables(channel, leg, early)
  setAnswerSdp(channel, leg)
  if (!early) setCallerMedia(channel, leg, false)
  leg.heard = 'answered'
  mark(sw, channel, 'answered')
  channel.answerState = 'answered'
  emit(sw, KINDS.answer, channel)
  setDisposition(channel, 'ANSWER')
  runHooks(sw, channel, early ? ['answer'] : ['answer', 'media'], () => {
    changeCallState(sw, channel, 'ACTIVE')
    channel.waiter?.('answered')
  })
}
