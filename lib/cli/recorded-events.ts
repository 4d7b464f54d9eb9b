import { EVENT_NAMES, type EventName } from '../esl/event-names.ts'

/** Not about what becomes of a call, or asked for by name only. */
const LEFT_OUT = new Set<string>(['CHANNEL_APPLICATION', 'CHANNEL_DATA'])

/** What a listener asks for: all that happens to channels, and what makes it happen. */
export const RECORDED_EVENTS: readonly EventName[] = [
  ...EVENT_NAMES.filter((name) => name.startsWith('CHANNEL_') && !LEFT_OUT.has(name)),
  'API',
  'BACKGROUND_JOB',
  'DTMF',
  'DETECTED_SPEECH',
  'DETECTED_TONE',
  'PLAYBACK_START',
  'PLAYBACK_STOP',
  'RECORD_START',
  'RECORD_STOP',
  'avmd::beep',
  'conference::maintenance',
  'mod_bert::in_sync',
  'mod_bert::lost_sync',
  'mod_bert::timeout',
]
