import { hasMedia, isUp } from '../channel/channel.ts'
import type { Execution } from '../execution/execution.ts'
import { play, type PlayEnd } from './play.ts'
import { findSound } from './sound.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { getVariable } from '../channel/variables.ts'

/** Between two files, where `playback_sleep_val` does not say it, in milliseconds. */
const PAUSE = 250

const listOf = (run: Execution, path: string): string[] => {
  const delimiter = getVariable(run.channel, 'playback_delimiter')?.charAt(0)
  return delimiter === undefined ? [path] : path.split(delimiter)
}

const pauseOf = (run: Execution): number => {
  const ms = Number.parseInt(getVariable(run.channel, 'playback_sleep_val') ?? '', 10)
  return ms >= 0 ? ms : PAUSE
}

/** `playback_timeout_sec`: how long a playback may take; below two seconds it says nothing. */
const timeoutOf = (run: Execution): number => {
  const seconds = Number.parseInt(getVariable(run.channel, 'playback_timeout_sec') ?? '', 10)
  return seconds > 1 ? seconds * 1000 : Infinity
}

/**
 * Plays files one after the other, as `playback_delimiter` cuts them (`switch_ivr_play_file`): one that is not there is
 * left out; `missing` when the last is. `watch` is given what ends the one that plays.
 */
export const playFiles = (
  sw: Switch,
  run: Execution,
  path: string,
  watch: (stop: () => void) => void,
  done: (why: PlayEnd | 'missing') => void,
): void => {
  const [first = '', ...others] = listOf(run, path)
  const next = (file: string, rest: readonly string[]): void => {
    const sound = hasMedia(run.channel) ? findSound(sw.config, file) : undefined
    const goOn = (why: PlayEnd | 'missing'): void => {
      const [following, ...more] = rest
      const over = why !== 'played' && why !== 'missing' && why !== 'break'
      if (following === undefined || over || !isUp(run.channel)) done(why)
      else pause(() => next(following, more))
    }
    if (!sound) goOn('missing')
    else watch(play(sw, run, sound, goOn, { timeout: timeoutOf(run) }))
  }
  const pause = (then: () => void): void => {
    const timer = later(sw, pauseOf(run), () => {
      run.onStop = undefined
      then()
    })
    run.onStop = (why) => {
      cancel(sw, timer)
      run.onStop = undefined
      if (why === 'break') then()
      else done('hangup')
    }
  }
  next(first, others)
}
