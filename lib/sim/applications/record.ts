import { preAnswer } from '../calls/called-side.ts'
import { separate } from '../calls/separate.ts'
import { hangup } from '../channel/hangup.ts'
import { hasMedia } from '../channel/channel.ts'
import { readAsPcm, readAsBefore } from '../channel/transitions.ts'
import type { Application } from '../execution/execution.ts'
import { emit } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { heardBy } from '../media/sending.ts'
import { startTape } from '../media/tape.ts'
import { stopAtDigit } from '../media/terminators.ts'
import { cancel, later } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { setOwn } from '../channel/variables.ts'

const SAMPLES_PER_FRAME = 160
const WAV_HEAD = 44

/** Silence is looked for once a second or so, in hits of a frame (`switch_ivr_record_file` in `src/switch_ivr_play_say.c`). */
const LOOK = 200

/**
 * `record <path> [[+]<seconds> [<threshold> [<silence hits>]]]`: records what the far end says until the time is over, a
 * digit of `playback_terminators` comes, or so many frames were silent.
 */
export const record: Application = (sw, run) => {
  const { channel } = run
  const [path = '', limit = '', threshold = '', hits = ''] = separate(run.arg, ' ', 4)
  preAnswer(sw, channel)
  setOwn(channel, 'playback_terminator_used', '')
  if (path === '' || !hasMedia(channel)) {
    hangup(sw, channel, 'DESTINATION_OUT_OF_ORDER', 'itself')
    run.end()
    return
  }
  const began = sw.clock.now()
  setOwn(channel, 'silence_hits_exhausted', 'false')
  const tape = sw.config.realRecordings
    ? startTape(sw, channel, { stereo: false, sides: 'heard', isMasked: () => false })
    : undefined
  readAsPcm(sw, channel)
  emit(sw, KINDS.recordFileStart, channel, '', header('Record-File-Path', path))
  const seconds = Number.parseInt(limit.replace('+', ''), 10) || 0
  const silentFrames = Number.parseInt(threshold, 10) > 0 ? Number.parseInt(hits, 10) || 0 : 0
  let timer: ReturnType<typeof later> | undefined
  let ear: ReturnType<typeof later> | undefined
  let silentSince: number | undefined
  const stop = (): void => {
    cancel(sw, timer)
    cancel(sw, ear)
    const frames = Math.floor((sw.clock.now() - began) / TIMING.frame)
    const samples = frames * SAMPLES_PER_FRAME
    const size = tape?.end(path, samples) ?? WAV_HEAD + samples * 2
    setOwn(channel, 'record_record_file_size', String(size))
    setOwn(channel, 'record_file_size', String(size))
    setOwn(channel, 'record_seconds', String(Math.floor((frames * TIMING.frame) / 1000)))
    setOwn(channel, 'record_ms', String(frames * TIMING.frame))
    setOwn(channel, 'record_samples', String(samples))
    emit(sw, KINDS.recordFileStop, channel, '', header('Record-File-Path', path))
    readAsBefore(sw, channel)
    run.end()
  }
  const listen = (): void => {
    ear = later(sw, LOOK, () => {
      silentSince = heardBy(sw, channel) === 'silence' ? (silentSince ?? sw.clock.now() - LOOK) : undefined
      if (silentSince === undefined || sw.clock.now() - silentSince < silentFrames * TIMING.frame) listen()
      else {
        setOwn(channel, 'silence_hits_exhausted', 'true')
        stop()
      }
    })
  }
  if (seconds > 0) timer = later(sw, seconds * 1000, stop)
  if (silentFrames > 0) listen()
  run.onStop = stop
  stopAtDigit(sw, run).watch(stop)
}
