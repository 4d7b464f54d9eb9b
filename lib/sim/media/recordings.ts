import type { TimerHandle } from '../../clock.ts'
import { preAnswer } from '../calls/called-side.ts'
import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { emit } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { startTape, type Tape } from './tape.ts'
import { heardBy } from './sending.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { getVariable, isTrue, setOwn } from '../channel/variables.ts'

/**
 * Recordings of a channel, as media bugs (`switch_ivr_record_session_event` in `src/switch_ivr_async.c`). They are told
 * of, counted and timed; a file is written where the switch has a folder for it.
 */
export interface Recording {
  readonly path: string
  /** When it began, in milliseconds since the epoch. */
  readonly since: number
  /** Whether silence is recorded in place of what is said. */
  masked: boolean
  limit: TimerHandle | undefined
  tape: Tape | undefined
}

const SAMPLES_PER_FRAME = 160

/** What a WAV file has before its sound, in bytes, and how many bytes a sample has. */
const WAV_HEAD = 44
const BYTES_PER_SAMPLE = 2

const bugHeaders = (path: string): string =>
  `\nMedia-Bug-Function: session_record${header('Media-Bug-Target', path)}`

/** FreeSWITCH tells a recording of speech from one of silence; it does not hear what is muted. */
const causeOf = (channel: Channel, samples: number, heard: boolean): string => {
  if (samples === 0) return 'empty-file'
  if (isUp(channel)) return 'success-maxtime'
  return heard ? 'success-silence' : 'no-input-timeout'
}

/** Whether the far end can be heard, or could until it hung up. */
const isHeard = (sw: Switch, channel: Channel): boolean => {
  const { leg } = channel
  if (heardBy(sw, channel) === 'sound') return (leg?.peer?.audio?.write?.mute ?? 0) === 0
  return (
    (leg?.peer?.executions.some(({ app }) => app.includes('playback')) ?? false) &&
    (leg?.peer?.audio?.write?.mute ?? 0) === 0
  )
}

const stop = (sw: Switch, channel: Channel, recording: Recording): void => {
  const { path, since, limit, tape } = recording
  cancel(sw, limit)
  channel.recordings = channel.recordings.filter((one) => one !== recording)
  const frames = Math.floor((sw.clock.now() - since) / TIMING.frame)
  const samples = frames * SAMPLES_PER_FRAME
  const cause = causeOf(channel, samples, isHeard(sw, channel))
  const written = samples > 0 ? tape?.end(path, samples) : undefined
  setOwn(channel, 'record_file_size', String(written ?? WAV_HEAD + samples * BYTES_PER_SAMPLE))
  if (samples === 0) setOwn(channel, 'RECORD_DISCARDED', 'true')
  setOwn(channel, 'record_samples', String(samples))
  setOwn(channel, 'record_seconds', String(Math.floor((frames * TIMING.frame) / 1000)))
  setOwn(channel, 'record_ms', String(frames * TIMING.frame))
  setOwn(channel, 'record_completion_cause', cause)
  emit(
    sw,
    KINDS.recordStop,
    channel,
    '',
    `${header('Record-File-Path', path)}\nRecord-Completion-Cause: ${cause}`,
  )
  emit(sw, KINDS.mediaBugStop, channel, bugHeaders(path))
}

/** What is taken down, as the channel's variables say: `RECORD_STEREO`, `RECORD_READ_ONLY`, `RECORD_WRITE_ONLY`. */
const tapeFor = (sw: Switch, channel: Channel, recording: Recording): Tape | undefined => {
  if (!sw.config.realRecordings) return undefined
  const says = (name: string): boolean => isTrue(getVariable(channel, name))
  const sides = says('RECORD_READ_ONLY') ? 'heard' : says('RECORD_WRITE_ONLY') ? 'sent' : 'both'
  return startTape(sw, channel, {
    stereo: sides === 'both' && says('RECORD_STEREO'),
    sides,
    isMasked: () => recording.masked,
  })
}

/**
 * Begins a recording; false without media. One of the same file that runs already is left alone. `seconds` is how long
 * it may last, 0 for no limit; it ends when that many seconds of the clock have begun.
 */
export const startRecording = (sw: Switch, channel: Channel, path: string, seconds: number): boolean => {
  preAnswer(sw, channel)
  if (!hasMedia(channel)) return false
  if (channel.recordings.some((one) => one.path === path)) return true
  const since = sw.clock.now()
  const recording: Recording = { path, since, masked: false, limit: undefined, tape: undefined }
  recording.tape = tapeFor(sw, channel, recording)
  channel.recordings = [...channel.recordings, recording]
  emit(sw, KINDS.recordStart, channel, '', header('Record-File-Path', path))
  emit(sw, KINDS.mediaBugStart, channel, bugHeaders(path))
  if (seconds > 0) {
    const until = (Math.floor(since / 1000) + seconds) * 1000
    recording.limit = later(sw, until - since + TIMING.frame, () => stop(sw, channel, recording))
  }
  return true
}

/** Ends the recording of a file, or `all`; false when there is none. */
export const stopRecording = (sw: Switch, channel: Channel, path: string): boolean => {
  const chosen = channel.recordings.filter((one) => one.path === path || /^all$/i.test(path))
  for (const recording of chosen) stop(sw, channel, recording)
  return chosen.length > 0
}

/** Silences a recording, or goes on with it; false when there is none of that file. */
export const maskRecording = (channel: Channel, path: string, masked: boolean): boolean => {
  const recording = channel.recordings.find((one) => one.path === path)
  if (recording && recording.masked !== masked) {
    recording.tape?.mark()
    recording.masked = masked
  }
  return recording !== undefined
}
