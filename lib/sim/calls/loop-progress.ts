import { markTime } from '../channel/caller-profile.ts'
import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { changeCallState } from '../channel/transitions.ts'
import { micros, type Switch } from '../core/switch.ts'
import { runHooks } from '../execution/hooks.ts'
import { emit } from '../events/emit.ts'
import { KINDS } from '../events/kinds.ts'
import { setDisposition } from './called-variables.ts'

/** What a leg of `loopback/` or `null/` does, which has no SIP: its other end is told at once (`mod_loopback.c`). */

/** CHANNEL_ANSWER. */
export const markLoopAnswered = (sw: Switch, channel: Channel): void => {
  if (!isUp(channel) || channel.answerState === 'answered') return
  if (channel.caller) markTime(channel.caller, 'answered', micros(sw))
  const early = channel.answerState === 'early'
  channel.answerState = 'answered'
  emit(sw, KINDS.answer, channel)
  runHooks(sw, channel, early ? ['answer'] : ['answer', 'media'], () => {
    changeCallState(sw, channel, 'ACTIVE')
    setDisposition(channel, 'ANSWER')
    channel.waiter?.('answered')
  })
}

const markLoopEarly = (sw: Switch, channel: Channel): void => {
  if (!isUp(channel) || hasMedia(channel)) return
  if (channel.caller) markTime(channel.caller, 'progressMedia', micros(sw))
  setDisposition(channel, 'EARLY%20MEDIA')
  channel.answerState = 'early'
  emit(sw, KINDS.progressMedia, channel)
  runHooks(sw, channel, ['pre_answer', 'media'], () => {
    changeCallState(sw, channel, 'EARLY')
    channel.waiter?.('early')
  })
}

const markLoopRinging = (sw: Switch, channel: Channel): void => {
  if (!isUp(channel) || hasMedia(channel) || (channel.caller?.times.progress ?? 0) > 0) return
  if (channel.caller) markTime(channel.caller, 'progress', micros(sw))
  emit(sw, KINDS.progress, channel)
  runHooks(sw, channel, ['ring'], () => {
    changeCallState(sw, channel, 'RINGING')
    channel.waiter?.('ringing')
  })
}

const both =
  (mark: (sw: Switch, channel: Channel) => void) =>
  (sw: Switch, channel: Channel): void => {
    if (channel.direction !== 'inbound') return
    const other = channel.loop?.other
    if (other) mark(sw, other)
    mark(sw, channel)
  }

/** The called end answers, sends early media, rings: so does the calling one. */
export const answerLoop = both(markLoopAnswered)
export const preAnswerLoop = both(markLoopEarly)
export const ringLoop = both(markLoopRinging)
