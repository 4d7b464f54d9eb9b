import { emit, isWanted } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import type { Execution } from '../execution/execution.ts'
import { KINDS, type Kind } from '../events/kinds.ts'
import { sendingChanged } from './sending.ts'
import type { Sound } from './sound.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { setOwn } from '../channel/variables.ts'

const SAMPLES_PER_MS = 8

/** What was sent, and what was read for it: a file by its blocks, tones by whole passes. */
const setPlayed = (run: Execution, { ms, block }: Sound, sentMs: number): void => {
  const sent = Math.round(sentMs) * SAMPLES_PER_MS
  const most = ms === Infinity ? Infinity : Math.round(ms * SAMPLES_PER_MS)
  const samples = Math.min(most, Math.ceil(sent / block) * block)
  const readMs = Math.floor(samples / SAMPLES_PER_MS)
  setOwn(run.channel, 'playback_last_offset_pos', String(sent))
  setOwn(run.channel, 'playback_seconds', String(Math.floor(readMs / 1000)))
  setOwn(run.channel, 'playback_ms', String(readMs))
  setOwn(run.channel, 'playback_samples', String(samples))
}

/** What the events of a sound tell of it, where somebody wants them. */
const about = (sw: Switch, kind: Kind, { path, params }: Sound, status = ''): string => {
  if (!isWanted(sw, kind)) return ''
  const type = path.startsWith('tone_stream:') ? '\nPlayback-File-Type: tone_stream' : ''
  const given = params.map(([name, value]) => header(name, value)).join('')
  return type + header('Playback-File-Path', path) + status + given
}

/** Why a sound is over: it was played to its end, or for as long as it may, a command or a digit broke it off, the call has ended. */
export type PlayEnd = 'played' | 'break' | 'digit' | 'hangup' | 'timeout'

export interface PlayOptions {
  /** Without PLAYBACK_START and PLAYBACK_STOP: tones that are no file. */
  readonly silent?: boolean
  /** How long it may take, in milliseconds. */
  readonly timeout?: number
}

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
  { silent = false, timeout = Infinity }: PlayOptions = {},
): (() => void) => {
  const { channel } = run
  let played = 0
  let resumed: number | undefined = sw.clock.now()
  const position = (): number => played + (resumed === undefined ? 0 : sw.clock.now() - resumed)
  const stop = (why: PlayEnd): void => {
    cancel(sw, timer)
    run.onPause = run.onResume = run.onStop = run.onDigit = run.playing = undefined
    const status = why === 'break' ? 'break' : 'done'
    if (!silent) {
      setPlayed(run, sound, position())
      emit(
        sw,
        KINDS.playbackStop,
        channel,
        '',
        about(sw, KINDS.playbackStop, sound, `\nPlayback-Status: ${status}`),
      )
    }
    sendingChanged(channel)
    ended(why)
  }
  const most = Math.min(sound.ms, timeout)
  const end = (): void => stop(sound.ms <= timeout ? 'played' : 'timeout')
  const go = () => (most === Infinity ? undefined : later(sw, most - played, end))
  if (!silent) emit(sw, KINDS.playbackStart, channel, '', about(sw, KINDS.playbackStart, sound))
  let timer = go()
  run.playing = { sound, position }
  run.onPause = () => {
    cancel(sw, timer)
    played = position()
    resumed = undefined
  }
  run.onResume = () => {
    resumed = sw.clock.now()
    timer = go()
  }
  run.onStop = stop
  sendingChanged(channel)
  return () => stop('digit')
}
