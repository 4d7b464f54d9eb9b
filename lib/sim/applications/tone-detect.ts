import { preAnswer } from '../calls/called-side.ts'
import { separate } from '../calls/separate.ts'
import { addBug, removeBug } from '../channel/media-bugs.ts'
import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { emit, emitGeneral, nextSequence } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import type { Application } from '../execution/execution.ts'
import { queueApplication } from '../execution/queue-application.ts'
import { KINDS } from '../events/kinds.ts'
import { followNotes } from '../media/follow-notes.ts'
import type { Note } from '../media/tones.ts'
import { later, type Switch } from '../core/switch.ts'
import { getVariable, setOwn } from '../channel/variables.ts'

/** How long a tone has to sound, as in the recordings. */
const NEEDED = 100

/** Behind a hit nothing is listened to for so many frames (`tone_detect_sleep`). */
const SLEEP_FRAMES = 25
const FRAME = 20

interface Wanted {
  readonly key: string
  readonly frequencies: readonly number[]
  readonly flags: string
  readonly timeout: number
  readonly app: string
  readonly data: string
  readonly hits: number
}

/** `<key> <hz,hz...> [<flags> <timeout> <app> <data> <hits>]`. */
const read = (channel: Channel, arg: string): Wanted | undefined => {
  const [key = '', spec = '', flags = '', timeout = '', app = '', data = '', hits = ''] = separate(
    arg,
    ' ',
    7,
  )
  const frequencies = spec.split(',').flatMap((text) => Number.parseFloat(text) || [])
  if (key === '' || frequencies.length === 0) return undefined
  const counted = hits === '' && app !== '' && data === '' ? app : hits
  const number = Number.parseInt(getVariable(channel, 'tone_detect_hits') ?? counted, 10)
  return {
    key,
    frequencies,
    flags,
    timeout: timeout.startsWith('+') ? Number.parseInt(timeout.slice(1), 10) || 0 : 0,
    app,
    data,
    hits: number > 0 ? number : 1,
  }
}

const tell = (sw: Switch, channel: Channel, { key, app, data }: Wanted, since: number): void => {
  setOwn(channel, `tone_detect_${key}_total_time`, String(Math.round(sw.clock.now() - since)))
  if (app !== '') queueApplication(sw, channel, app, data)
  // Once for everybody, and once for the channel: the same event, with one number.
  const sequence = nextSequence(sw)
  const detected = header('Detected-Tone', key)
  emitGeneral(sw, KINDS.detectedTone, detected, '', sequence)
  emit(sw, KINDS.detectedTone, channel, detected, '', '', sequence)
}

const start = (sw: Switch, channel: Channel, wanted: Wanted): void => {
  const since = sw.clock.now()
  const sleep = (Number.parseInt(getVariable(channel, 'tone_detect_sleep') ?? '', 10) || SLEEP_FRAMES) * FRAME
  let hits = 0
  let deaf = 0
  const fits = ({ frequencies }: Note): boolean =>
    wanted.frequencies.every((one) => frequencies.some((other) => Math.abs(one - other) <= 0.02 * one))
  const leave = followNotes(sw, channel, wanted.flags.includes('w') ? 'sent' : 'heard', NEEDED, fits, () => {
    if (!isUp(channel) || sw.clock.now() < deaf) return
    deaf = sw.clock.now() + sleep
    if (++hits < wanted.hits) return
    leave()
    tell(sw, channel, wanted, since)
    if (wanted.flags.includes('o')) removeBug(sw, channel, 'tone_detect')
  })
  channel.onHangup.push(leave)
  addBug(sw, channel, { fn: 'tone_detect', target: wanted.key })
  if (wanted.timeout > 0)
    later(
      sw,
      wanted.timeout * 1000,
      () => {
        leave()
        if (isUp(channel)) removeBug(sw, channel, 'tone_detect')
      },
      true,
    )
}

/** `tone_detect`: DETECTED_TONE when the far end sends a tone (`switch_ivr_tone_detect_session` in `src/switch_ivr_async.c`). */
export const toneDetect: Application = (sw, run) => {
  preAnswer(sw, run.channel)
  const wanted = read(run.channel, run.arg)
  if (wanted && hasMedia(run.channel)) start(sw, run.channel, wanted)
  run.end()
}

export const stopToneDetect: Application = (sw, run) => {
  removeBug(sw, run.channel, 'tone_detect')
  run.end()
}
