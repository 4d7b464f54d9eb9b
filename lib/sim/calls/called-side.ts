import { markTime } from '../channel/caller-profile.ts'
import { repeatSdp, setCalledMedia, setDisposition } from './called-variables.ts'
import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { emit } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'
import { answerLoop, preAnswerLoop, ringLoop } from './loop-progress.ts'
import { tellProgress } from './signals.ts'
import { micros, type Switch } from '../core/switch.ts'
import { runHooks } from '../execution/hooks.ts'
import { changeCallState } from '../channel/transitions.ts'
import { setVariable } from '../channel/variables.ts'

/** What the called leg does towards its caller; a leg that has done it, or is a caller itself, does nothing. */

const mark = (sw: Switch, channel: Channel, what: 'answered' | 'progress' | 'progressMedia'): void => {
  if (channel.caller) markTime(channel.caller, what, micros(sw))
}

/** Answers: CHANNEL_ANSWER (`switch_channel_perform_answer` in `src/switch_channel.c`). */
export const answer = (sw: Switch, channel: Channel): void => {
  if (channel.loop) answerLoop(sw, channel)
  const { leg } = channel
  if (!isUp(channel) || channel.answerState === 'answered' || channel.direction !== 'inbound' || !leg) return
  const early = channel.answerState === 'early'
  if (early) repeatSdp(channel, leg)
  else setCalledMedia(channel, leg)
  mark(sw, channel, 'answered')
  channel.answerState = 'answered'
  emit(sw, KINDS.answer, channel)
  runHooks(sw, channel, early ? ['answer'] : ['answer', 'media'], () => {
    changeCallState(sw, channel, 'ACTIVE')
    setDisposition(channel, 'ANSWER')
  })
  tellProgress(sw, channel, 'answered')
}

/** Early media: CHANNEL_PROGRESS_MEDIA (`switch_channel_perform_pre_answer`). */
export const preAnswer = (sw: Switch, channel: Channel): void => {
  if (channel.loop) preAnswerLoop(sw, channel)
  const { leg } = channel
  if (!isUp(channel) || hasMedia(channel) || channel.direction !== 'inbound' || !leg) return
  setCalledMedia(channel, leg)
  setDisposition(channel, 'EARLY%20MEDIA')
  mark(sw, channel, 'progressMedia')
  channel.answerState = 'early'
  emit(sw, KINDS.progressMedia, channel)
  runHooks(sw, channel, ['pre_answer', 'media'], () => changeCallState(sw, channel, 'EARLY'))
  tellProgress(sw, channel, 'early')
}

/** Ringing: CHANNEL_PROGRESS (`switch_channel_perform_ring_ready_value`). */
export const ringReady = (sw: Switch, channel: Channel): void => {
  if (channel.loop) ringLoop(sw, channel)
  const { leg } = channel
  if (!isUp(channel) || hasMedia(channel) || channel.direction !== 'inbound' || !leg) return
  if (leg.heard !== 'nothing') return
  leg.heard = 'ringing'
  setVariable(channel, 'sip_to_tag', leg.dialog.toTag)
  mark(sw, channel, 'progress')
  emit(sw, KINDS.progress, channel)
  runHooks(sw, channel, ['ring'], () => undefined)
  tellProgress(sw, channel, 'ringing')
}
