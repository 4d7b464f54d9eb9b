import { isUp, type Channel } from '../channel/channel.ts'
import { noDigits, type HeardDigit } from './digits.ts'
import { emit } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { sendDigits } from './send-digits.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'

/**
 * Takes the next digit off a channel's queue. Only now there is an event for it: DTMF, without variables
 * (`switch_channel_dequeue_dtmf` in `src/switch_channel.c`).
 */
const take = (sw: Switch, channel: Channel): HeardDigit | undefined => {
  const digit = channel.digits?.heard.shift()
  if (!digit || !channel.digits) return undefined
  channel.digits.dialed += digit.digit
  emit(
    sw,
    KINDS.dtmf,
    channel,
    '',
    `${header('DTMF-Digit', digit.digit)}\nDTMF-Duration: ${digit.duration}\nDTMF-Source: ${digit.source}`,
  )
  return digit
}

/** In a bridge the other leg sends what this one hears (`audio_bridge_thread` in `src/switch_ivr_bridge.c`). */
const passOn = (sw: Switch, channel: Channel, partner: Channel): void => {
  const digit = take(sw, channel)
  if (digit) sendDigits(sw, partner, [digit])
}

/** What runs on the channel gets to see that a digit waits; it takes it, or stops, or does not care. */
const look = (sw: Switch, channel: Channel): void => {
  const { digits, partner } = channel
  if (!digits || digits.looking || !isUp(channel)) return
  const before = digits.heard.length
  const other = partner === undefined ? undefined : sw.channels.get(partner)
  if (other) passOn(sw, channel, other)
  else channel.executions.at(-1)?.onDigit?.(() => take(sw, channel))
  if (digits.heard.length < before) expectDigits(sw, channel)
}

/** Sees to it that digits which wait are looked at with the next audio frame: one a frame. */
export const expectDigits = (sw: Switch, channel: Channel): void => {
  const { digits } = channel
  if (!digits || digits.looking || digits.heard.length === 0) return
  digits.looking = later(sw, TIMING.frame, () => {
    digits.looking = undefined
    look(sw, channel)
  })
}

/** Digits come in: those of the far end with a frame of their own, those of a command are found with the next one. */
export const hearDigits = (sw: Switch, channel: Channel, heard: readonly HeardDigit[]): void => {
  channel.digits ??= noDigits()
  channel.digits.heard.push(...heard)
  if (heard[0]?.source === 'RTP') look(sw, channel)
  else expectDigits(sw, channel)
}
