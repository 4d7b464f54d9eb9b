import type { EslEvent } from '../esl/event.ts'

/** When things happened to a session, by the switch's clock: milliseconds since the epoch. */
export interface SessionTimes {
  create: number | undefined
  originate: number | undefined
  progress: number | undefined
  progressMedia: number | undefined
  answer: number | undefined
  bridge: number | undefined
  hangup: number | undefined
}

export const noTimes = (): SessionTimes => ({
  create: undefined,
  originate: undefined,
  progress: undefined,
  progressMedia: undefined,
  answer: undefined,
  bridge: undefined,
  hangup: undefined,
})

const FIELD: Readonly<Record<string, keyof SessionTimes>> = {
  CHANNEL_CREATE: 'create',
  CHANNEL_ORIGINATE: 'originate',
  CHANNEL_PROGRESS: 'progress',
  CHANNEL_PROGRESS_MEDIA: 'progressMedia',
  CHANNEL_ANSWER: 'answer',
  CHANNEL_BRIDGE: 'bridge',
  CHANNEL_HANGUP: 'hangup',
}

/** Notes the time of the first event of each kind. */
export const noteTime = (times: SessionTimes, event: EslEvent): void => {
  const field = FIELD[event.name]
  if (field) times[field] ??= event.time
}
