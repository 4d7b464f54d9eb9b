import { encode } from '../events/encode.ts'
import { microText } from '../events/micro-text.ts'
import { encodedStamp } from '../events/stamps.ts'
import type { Times } from './caller-profile.ts'
import type { Channel } from './channel.ts'

/** When what happened in a call, as its CDR has it (`switch_channel_set_timestamps` in `src/switch_channel.c`). */

/** What stands before the times of one thing that may have happened. */
const momentNames = (name: string) => ({
  stamp: `\nvariable_${name}_stamp: `,
  epoch: `\nvariable_${name}_epoch: `,
  uepoch: `\nvariable_${name}_uepoch: `,
  never: `\nvariable_${name}_epoch: 0\nvariable_${name}_uepoch: 0`,
})
type MomentNames = ReturnType<typeof momentNames>

const START = momentNames('start')
const PROFILE_START = momentNames('profile_start')
const ANSWERED = momentNames('answer')
const BRIDGED = momentNames('bridge')
const HELD = momentNames('hold')
const PROGRESS = momentNames('progress')
const PROGRESS_MEDIA = momentNames('progress_media')
const END = momentNames('end')

const stamp = ({ stamp: name }: MomentNames, at: number): string => (at === 0 ? '' : name + encodedStamp(at))

const epoch = (names: MomentNames, at: number): string =>
  at === 0 ? names.never : names.epoch + String(Math.floor(at / 1e6)) + names.uepoch + microText(at)

const holdEvents = ({ holds }: Channel): string =>
  holds.length === 0
    ? ''
    : `\nvariable_hold_events: ${encode(`{${holds.map(([from, to]) => `{${from},${to}}`).join(',')}}`)}`

const RESURRECTED = '\nvariable_resurrect_epoch: 0\nvariable_resurrect_uepoch: 0'
const NO_HOLD = `\nvariable_last_hold_epoch: 0\nvariable_last_hold_uepoch: 0\nvariable_hold_accum_seconds: 0\nvariable_hold_accum_usec: 0\nvariable_hold_accum_ms: 0${RESURRECTED}`

const holdTimes = (last: number, total: number): string =>
  last === 0 && total === 0
    ? NO_HOLD
    : `\nvariable_last_hold_epoch: ${Math.floor(last / 1e6)}\nvariable_last_hold_uepoch: ${last}` +
      `\nvariable_hold_accum_seconds: ${Math.floor(total / 1e6)}\nvariable_hold_accum_usec: ${total}` +
      `\nvariable_hold_accum_ms: ${Math.floor(total / 1000)}${RESURRECTED}`

/** As dates; what has not happened has none. `now` in microseconds since the epoch, as all times. */
export const stampsText = (channel: Channel, t: Times, now: number): string =>
  stamp(START, t.created) +
  stamp(PROFILE_START, t.profile || t.created) +
  stamp(ANSWERED, t.answered) +
  stamp(BRIDGED, t.bridged) +
  stamp(HELD, t.lastHold) +
  holdEvents(channel) +
  stamp(PROGRESS, t.progress) +
  stamp(PROGRESS_MEDIA, t.progressMedia) +
  stamp(END, now)

/** As seconds and microseconds since the epoch; 0 for what has not happened. */
export const epochsText = (t: Times, now: number): string =>
  epoch(START, t.created) +
  epoch(PROFILE_START, t.profile || t.created) +
  epoch(ANSWERED, t.answered) +
  epoch(BRIDGED, t.bridged) +
  holdTimes(t.lastHold, t.holdAccum) +
  epoch(PROGRESS, t.progress) +
  epoch(PROGRESS_MEDIA, t.progressMedia) +
  epoch(END, now)
