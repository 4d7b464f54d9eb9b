import { preAnswer } from '../called-side.ts'
import { hasMedia } from '../channel.ts'
import { emit } from '../emit.ts'
import { header } from '../encode.ts'
import type { Application, Execution } from '../execution.ts'
import { KINDS } from '../kinds.ts'
import { findSound, type Sound } from '../sound.ts'
import { cancel, later, type Switch } from '../switch.ts'
import { setOwn } from '../variables.ts'

const SAMPLES_PER_MS = 8

const setPlayed = (run: Execution, ms: number): void => {
  const samples = Math.round(ms) * SAMPLES_PER_MS
  setOwn(run.channel, 'playback_last_offset_pos', String(samples))
  setOwn(run.channel, 'playback_seconds', String(Math.floor(ms / 1000)))
  setOwn(run.channel, 'playback_ms', String(Math.round(ms)))
  setOwn(run.channel, 'playback_samples', String(samples))
}

/** Plays a sound; what nests in it holds it up, for nobody reads the file meanwhile. */
const play = (sw: Switch, run: Execution, sound: Sound, again: () => void): void => {
  const { channel } = run
  const path = header('Playback-File-Path', sound.path)
  let played = 0
  let resumed = sw.clock.now()
  const stopped = (status: 'done' | 'break', response: string): void => {
    cancel(sw, timer)
    setPlayed(run, played + (sw.clock.now() - resumed))
    emit(sw, KINDS.playbackStop, channel, '', `${path}\nPlayback-Status: ${status}`)
    if (status === 'done' && response === 'FILE PLAYED' && channel.hangupCause === undefined) again()
    else run.end(response)
  }
  const go = () =>
    sound.ms === Infinity ? undefined : later(sw, sound.ms - played, () => stopped('done', 'FILE PLAYED'))
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
  // Killed by a command it has played its file; only when the far end goes is it an error (`switch_ivr_play_file`).
  run.onStop = (why) =>
    stopped(
      why === 'break' ? 'break' : 'done',
      why === 'hangup' && channel.leg?.over ? 'PLAYBACK ERROR' : 'FILE PLAYED',
    )
}

/** `playback <file>`. */
export const playback: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  const sound = hasMedia(run.channel) ? findSound(sw.config, run.arg) : undefined
  if (sound) play(sw, run, sound, () => run.end('FILE PLAYED'))
  else run.end('FILE NOT FOUND')
}

/** `endless_playback <file>`: again and again, until it is stopped. */
export const endlessPlayback: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  const sound = hasMedia(run.channel) ? findSound(sw.config, run.arg) : undefined
  if (!sound || sound.ms <= 0) {
    run.end('FILE NOT FOUND')
    return
  }
  const again = (): void => play(sw, run, sound, again)
  again()
}
