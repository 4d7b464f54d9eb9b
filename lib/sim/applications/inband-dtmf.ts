import { preAnswer } from '../calls/called-side.ts'
import { addBug, removeBug } from '../channel/media-bugs.ts'
import { hasMedia } from '../channel/channel.ts'
import type { Application } from '../execution/execution.ts'
import { followNotes } from '../media/follow-notes.ts'
import { hearDigits } from '../media/hear-digits.ts'
import { keyOf } from '../media/tones.ts'

/** How long a key has to sound, as in the recordings. */
const NEEDED = 60

const DURATION = 2000

/** Which listens, by the name of its media bug; a channel has one of each at most. */
const listeners = new WeakMap<object, Map<string, () => void>>()

/** `start_dtmf`, `spandsp_start_dtmf`: keys are heard in the tones that come in (`inband_dtmf_callback`). */
const start =
  (fn: string): Application =>
  (sw, run) => {
    const { channel } = run
    preAnswer(sw, channel)
    const active = listeners.get(channel) ?? new Map<string, () => void>()
    if (hasMedia(channel) && !active.has(fn)) {
      const leave = followNotes(
        sw,
        channel,
        'heard',
        NEEDED,
        ({ frequencies }) => keyOf(frequencies) !== undefined,
        ({ frequencies }) =>
          hearDigits(sw, channel, [
            { digit: keyOf(frequencies) ?? '', duration: DURATION, source: 'INBAND_AUDIO' },
          ]),
      )
      listeners.set(channel, active.set(fn, leave))
      channel.onHangup.push(leave)
      addBug(sw, channel, { fn, target: 'N/A' })
    }
    run.end()
  }

const stop =
  (fn: string): Application =>
  (sw, run) => {
    const active = listeners.get(run.channel)
    active?.get(fn)?.()
    active?.delete(fn)
    removeBug(sw, run.channel, fn)
    run.end()
  }

export const startDtmf = start('inband_dtmf')
export const stopDtmf = stop('inband_dtmf')
export const spandspStartDtmf = start('spandsp_dtmf_detect')
export const spandspStopDtmf = stop('spandsp_dtmf_detect')
