import { preAnswer } from '../calls/called-side.ts'
import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { noDigits, SAMPLES_PER_MS, type Digit } from './digits.ts'
import { hearDigits } from './hear-digits.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { setOwn } from '../channel/variables.ts'

/** Between two digits, as the recordings have it, in milliseconds. */
const GAP = 250

/** What `w` and `W` wait, in milliseconds (`do_2833` in `src/switch_rtp.c`). */
const PAUSES: ReadonlyMap<string, number> = new Map([
  ['w', 500],
  ['W', 1000],
])

const FRAME_SAMPLES = TIMING.frame * SAMPLES_PER_MS

/** An RTP event lasts for whole frames: the far end hears 2080 samples where 2000 were meant. */
const inFrames = (samples: number): number => Math.ceil(samples / FRAME_SAMPLES) * FRAME_SAMPLES

/** Sends the next digit; the far end has it when it is over, and the one after it follows a gap later. */
const sendNext = (sw: Switch, channel: Channel): void => {
  const { digits, leg } = channel
  const next = digits?.toSend.shift()
  if (!digits || !isUp(channel)) return
  digits.sending = undefined
  if (!next) return
  const pause = PAUSES.get(next.digit)
  const duration = inFrames(next.duration)
  const ms = pause ?? duration / SAMPLES_PER_MS + TIMING.frame
  digits.sending = later(sw, pause === undefined ? ms + GAP : ms, () => sendNext(sw, channel))
  if (pause !== undefined) return
  later(sw, ms, () => {
    const other = channel.loop?.other
    if (other) hearDigits(sw, other, [{ ...next, source: 'UNKNOWN' }])
    const peer = leg?.over === false ? leg.peer : undefined
    if (leg && !leg.over) leg.party?.digits(next.digit)
    if (peer && hasMedia(peer)) hearDigits(sw, peer, [{ digit: next.digit, duration, source: 'RTP' }])
  })
}

/**
 * Sends digits to the far end, one after the other; false where there is no media to send them in
 * (`switch_core_session_send_dtmf_string` in `src/switch_core_io.c`).
 */
export const sendDigits = (sw: Switch, channel: Channel, sent: readonly Digit[]): boolean => {
  if (!isUp(channel) || sent.length === 0) return false
  preAnswer(sw, channel)
  if (!hasMedia(channel)) return false
  const samples = sent.reduce((sum, { duration }) => sum + duration, 0)
  setOwn(channel, 'last_dtmf_duration', String(Math.floor(samples / SAMPLES_PER_MS) + GAP * sent.length))
  const digits = (channel.digits ??= noDigits())
  digits.toSend.push(...sent)
  // With the next frame, as the channel's own thread writes it.
  digits.sending ??= later(sw, 0, () => sendNext(sw, channel))
  return true
}
