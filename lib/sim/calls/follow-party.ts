import { hearAnswer, hearEarlyMedia, hearRinging } from './caller-side.ts'
import type { PartyBehaviour } from './far-end.ts'
import { hearBye, hearRefusal } from '../channel/far-hangup.ts'
import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { causeOfStatus } from '../channel/sip-causes.ts'
import { phraseOf } from '../channel/sip-phrases.ts'
import { readDigits, SAMPLES_PER_MS } from '../media/digits.ts'
import { hearDigits } from '../media/hear-digits.ts'
import { sendingChanged } from '../media/sending.ts'
import { findSound } from '../media/sound.ts'
import { later, type Switch } from '../core/switch.ts'

const REASON = 'Q.850%3Bcause%3D16%3Btext%3D%22NORMAL_CLEARING%22'

/** Between two keys, and how long each is held, in milliseconds. */
const BETWEEN_KEYS = 100
const KEY = 100

/** What it says from now on: a sound that begins again whenever it is over. */
const speak = (sw: Switch, channel: Channel, { says, audio = 'both' }: PartyBehaviour): void => {
  const { leg } = channel
  if (!leg || says === undefined || audio === 'hears' || audio === 'none') return
  const sound = says === 'echo' ? undefined : findSound(sw.config, says)
  const since = sw.clock.now()
  if (says === 'echo') leg.voice = audio === 'both' ? 'echo' : undefined
  else if (sound) leg.voice = { sound: { ...sound, ms: Infinity }, position: () => sw.clock.now() - since }
  sendingChanged(channel)
}

const press = (sw: Switch, channel: Channel, text: string): void => {
  readDigits(text).forEach(({ digit }, i) => {
    later(sw, i * (KEY + BETWEEN_KEYS) + KEY, () => {
      if (hasMedia(channel) && isUp(channel))
        hearDigits(sw, channel, [{ digit, duration: KEY * SAMPLES_PER_MS, source: 'RTP' }])
    })
  })
}

/** Plays the part of a called party that is not on this switch. */
export const followParty = (sw: Switch, channel: Channel, party: PartyBehaviour): void => {
  const { ringAfter, earlyMediaAfter, answerAfter, reject, hangupAfter, digits, audio } = party
  const after = (ms: number, act: () => void): void => {
    later(sw, ms, () => {
      if (isUp(channel)) act()
    })
  }
  const answered = (): void => {
    hearAnswer(sw, channel)
    speak(sw, channel, party)
    if (digits && audio !== 'hears' && audio !== 'none')
      after(digits.after, () => press(sw, channel, digits.send))
    if (hangupAfter !== undefined)
      after(hangupAfter, () => {
        if (hasMedia(channel)) hearBye(sw, channel, REASON, 'NORMAL_CLEARING')
      })
  }
  if (ringAfter !== undefined) after(ringAfter, () => hearRinging(sw, channel))
  if (earlyMediaAfter !== undefined) after(earlyMediaAfter, () => hearEarlyMedia(sw, channel))
  if (reject)
    after(reject.after, () => {
      if (channel.answerState !== 'answered')
        hearRefusal(sw, channel, reject.status, phraseOf(reject.status), causeOfStatus(reject.status))
    })
  if (answerAfter !== undefined) after(answerAfter, answered)
}
