import { preAnswer } from '../calls/called-side.ts'
import { separate } from '../calls/separate.ts'
import { hasMedia } from '../channel/channel.ts'
import { readAsPcm, readAsBefore } from '../channel/transitions.ts'
import type { Application } from '../execution/execution.ts'
import { findSound } from '../media/sound.ts'
import { play } from '../media/play.ts'
import { followSource } from '../media/sending.ts'
import { cancel, later } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { setOwn } from '../channel/variables.ts'

/**
 * `wait_for_silence <threshold> <silence hits> <listen hits> <timeout ms> [<file>]`: until the far end has been silent
 * for so many frames after it was heard for so many; what is heard is a sound or none, its loudness is not measured
 * (`switch_ivr_wait_for_silence` in `src/switch_ivr_play_say.c`).
 */
export const waitForSilence: Application = (sw, run) => {
  const { channel } = run
  const [threshold = 0, silenceHits = 0, listenHits = 0, timeout = 0] = separate(run.arg, ' ', 5)
    .slice(0, 4)
    .map((word) => Number.parseInt(word, 10) || 0)
  const file = separate(run.arg, ' ', 5)[4]
  preAnswer(sw, channel)
  if (!hasMedia(channel) || threshold <= 0 || silenceHits <= 0) {
    run.end()
    return
  }
  readAsPcm(sw, channel)
  let timers: (ReturnType<typeof later> | undefined)[] = []
  let heardFor = 0
  let since = sw.clock.now()
  let speaking = false
  const finish = (): void => {
    for (const timer of timers) cancel(sw, timer)
    leave()
    readAsBefore(sw, channel)
    run.end()
  }
  let leave = (): void => undefined
  leave = followSource(sw, channel, 'heard', ({ kind }) => {
    if (speaking) heardFor += sw.clock.now() - since
    since = sw.clock.now()
    speaking = kind !== 'silence'
    cancel(sw, timers[0])
    const enough = heardFor >= listenHits * TIMING.frame
    timers[0] = speaking || !enough ? undefined : later(sw, silenceHits * TIMING.frame, finish)
  })
  const giveUp = (): void => {
    // FreeSWITCH counts its hits down, and says how many were left.
    setOwn(channel, 'wait_for_silence_timeout', 'true')
    setOwn(channel, 'wait_for_silence_listenhits', String(Math.floor(heardFor / TIMING.frame)))
    setOwn(channel, 'wait_for_silence_silence_hits', String(silenceHits))
    finish()
  }
  if (timeout > 0) timers = [timers[0], later(sw, timeout, giveUp)]
  run.onStop = finish
  const sound = file === undefined ? undefined : findSound(sw.config, file)
  if (sound) play(sw, run, { ...sound, ms: Infinity }, () => finish())
}

/** `delay_echo [<ms>]`: sends back what comes, later; to those who listen for a sound it is an echo. */
export const delayEcho: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  run.onStop = () => run.end()
}
