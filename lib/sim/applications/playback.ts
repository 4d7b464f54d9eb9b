import { preAnswer } from '../calls/called-side.ts'
import { hasMedia } from '../channel/channel.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { play, type PlayEnd } from '../media/play.ts'
import { findSound } from '../media/sound.ts'
import { getVariable, setOwn } from '../channel/variables.ts'

/** Killed by a command it has played its file; only when the far end goes is it an error. */
const responseTo = (run: Execution, why: PlayEnd): string =>
  why === 'hangup' && run.channel.leg?.over ? 'PLAYBACK ERROR' : 'FILE PLAYED'

/** The digits that end a playback: `*` where `playback_terminators` says nothing else (`on_dtmf` in `mod_dptools.c`). */
const terminatorsOf = (run: Execution): string => {
  const set = getVariable(run.channel, 'playback_terminators') ?? '*'
  if (/^any$/i.test(set)) return '1234567890*#'
  return /^none$/i.test(set) ? '' : set
}

/** `playback <file>`. */
export const playback: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  const sound = hasMedia(run.channel) ? findSound(sw.config, run.arg) : undefined
  setOwn(run.channel, 'playback_terminator_used', '')
  if (!sound) {
    run.end('FILE NOT FOUND')
    return
  }
  const stop = play(sw, run, sound, (why) => run.end(responseTo(run, why)))
  run.onDigit = (take) => {
    const digit = take()?.digit
    if (digit === undefined || !terminatorsOf(run).includes(digit)) return
    setOwn(run.channel, 'playback_terminator_used', digit)
    stop()
  }
}

/** `endless_playback <file>`: again and again, until it is stopped; digits wait for what comes after it. */
export const endlessPlayback: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  const sound = hasMedia(run.channel) ? findSound(sw.config, run.arg) : undefined
  if (!sound || sound.ms <= 0) {
    run.end('FILE NOT FOUND')
    return
  }
  const again = (): void => {
    play(sw, run, sound, (why) => {
      if (why === 'played' && run.channel.hangupCause === undefined) again()
      else run.end(responseTo(run, why))
    })
  }
  again()
}
