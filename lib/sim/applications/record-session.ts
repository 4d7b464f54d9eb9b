import type { Application } from '../execution/execution.ts'
import { maskRecording, startRecording, stopRecording } from '../media/recordings.ts'

/** `record_session <path> [+<seconds>]`: goes on while other applications run. No file is written. */
export const recordSession: Application = (sw, run) => {
  const [path = '', limit = ''] = run.arg.split(' ')
  if (path !== '') startRecording(sw, run.channel, path, Number.parseInt(limit.replace('+', ''), 10) || 0)
  run.end()
}

/** `stop_record_session <path>|all`. */
export const stopRecordSession: Application = (sw, run) => {
  stopRecording(sw, run.channel, run.arg)
  run.end()
}

const mask =
  (masked: boolean): Application =>
  (_, run) => {
    maskRecording(run.channel, run.arg, masked)
    run.end()
  }

export const recordSessionMask = mask(true)
export const recordSessionUnmask = mask(false)
