import { preAnswer } from '../calls/called-side.ts'
import { separate } from '../calls/separate.ts'
import { hangup } from '../channel/hangup.ts'
import { hasMedia, isUp } from '../channel/channel.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { play, type PlayEnd } from '../media/play.ts'
import { playFiles } from '../media/play-files.ts'
import { stopAtDigit } from '../media/terminators.ts'
import { findSound, toneStream } from '../media/sound.ts'
import type { Switch } from '../core/switch.ts'

/** Killed by a command it has played its file; only when the far end goes is it an error. */
const responseTo = (run: Execution, why: PlayEnd | 'missing'): string => {
  if (why === 'missing') return 'FILE NOT FOUND'
  return (why === 'hangup' && run.channel.leg?.over) || why === 'timeout' ? 'PLAYBACK ERROR' : 'FILE PLAYED'
}

/** `playback <file>`; `playback_delimiter` makes it several. A digit of `playback_terminators` ends it. */
export const playback: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  const { watch } = stopAtDigit(sw, run)
  playFiles(sw, run, run.arg, watch, (why) => run.end(responseTo(run, why)))
}

/** The same sound so many times, again after a break too; digits wait for what comes after it. */
const repeat = (sw: Switch, run: Execution, path: string, times: number): void => {
  preAnswer(sw, run.channel)
  const sound = hasMedia(run.channel) ? findSound(sw.config, path) : undefined
  if (!sound || sound.ms <= 0) {
    run.end('FILE NOT FOUND')
    return
  }
  const again = (left: number): void => {
    play(sw, run, sound, (why) => {
      if ((why === 'played' || why === 'break') && left > 1 && isUp(run.channel)) again(left - 1)
      else run.end(responseTo(run, why))
    })
  }
  again(times)
}

/** `endless_playback <file>`: until the call ends, or is sent elsewhere. */
export const endlessPlayback: Application = (sw, run) => repeat(sw, run, run.arg, Infinity)

/** `loop_playback [+<times> ]<file>`; below 0 for ever. */
export const loopPlayback: Application = (sw, run) => {
  const [, times, path = run.arg] = /^\+(-?\d+) ([^]*)$/.exec(run.arg) ?? []
  if (path.trim() === '' || (run.arg.startsWith('+') && times === undefined)) {
    hangup(sw, run.channel, 'DESTINATION_OUT_OF_ORDER', 'itself')
    run.end()
    return
  }
  const count = Number(times ?? 1)
  if (count === 0) run.end('FILE PLAYED')
  else repeat(sw, run, path, count < 0 ? Infinity : count)
}

/** `gentones <TGML>[|<loops>]`: tones without events of their own (`switch_ivr_gentones` in `src/switch_ivr_play_say.c`). */
export const gentones: Application = (sw, run) => {
  const [tones = '', loops = '0'] = separate(run.arg, '|', 2)
  preAnswer(sw, run.channel)
  const times = Number.parseInt(loops, 10) || 1
  if (!hasMedia(run.channel) || tones === '') {
    run.end()
    return
  }
  const { watch } = stopAtDigit(sw, run)
  watch(play(sw, run, toneStream(tones, times), () => run.end(), { silent: true }))
}
