import { emit } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import type { Execution } from '../execution/execution.ts'
import { KINDS } from '../events/kinds.ts'
import type { Sound } from './sound.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { setOwn } from '../channel/variables.ts'

const SAMPLES_PER_MS = 8

const setPlayed = (run: Execution, ms: number): void => {
  const samples = Math.round(ms) * SAMPLES_PER_MS
  setOwn(run.channel, 'playback_last_offset_pos', String(samples))
  setOwn(run.channel, 'playback_seconds', String(Math.floor(ms / 1000)))
  setOwn(run.channel, 'playback_ms', String(Math.round(ms)))
  setOwn(run.channel, 'playback_samples', String(samples))
}

/** Why a sound is over: it was played to its end, a command broke it off, a digit did, or the call has ended. */
export type PlayEnd = 'played' | 'break' | 'digit' | 'hangup'

/**
 * Plays a sound in an application, between PLAYBACK_START and PLAYBACK_STOP; what nests in it holds it up, for nobody
 * reads the file meanwhile (`switch_ivr_play_file` in `src/switch_ivr_play_say.c`). Gives what a digit has to call to
 * end it.
 */
export const play = (
  sw: Switch,
  run: Execution,
  sound: Sound,
  ended: (why: PlayEnd) => void,
): (() => void) => {
  const { channel } = run
  const type = sound.path.startsWith('tone_stream:') ? '\nPlayback-File-Type: tone_stream' : ''
  const path = type + header('Playback-File-Path', sound.path)
  let played = 0
  let resumed = sw.clock.now()
  const stop = (why: PlayEnd): void => {
    cancel(sw, timer)
    run.onPause = run.onResume = run.onStop = run.onDigit = undefined
    setPlayed(run, played + (sw.clock.now() - resumed))
    emit(
      sw,
      KINDS.playbackStop,
      channel,
      '',
      `${path}\nPlayback-Status: ${why === 'break' ? 'break' : 'done'}`,
    )
    ended(why)
  }
  const go = () => (sound.ms === Infinity ? undefined : later(sw, sound.ms - played, () => stop('played')))
  emit(sw, KINDS.playbackStart, channel, '', path)
  let timer = go()
  run.onPause = () => {
    cancel(sw, timer)
    played += sw.clock.now() - resumed
  }
  run.onResume = () => {
    resumed = sw.clock.now()
    timer = go()
  }
  run.onStop = stop
  return () => stop('digit')
}
