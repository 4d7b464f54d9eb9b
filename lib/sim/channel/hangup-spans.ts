import type { Times } from './caller-profile.ts'

/** How long the parts of a call took, as its CDR has it (`switch_channel_set_timestamps` in `src/switch_channel.c`). */

/** How long something took in microseconds, cut to a unit at both ends as FreeSWITCH does; 0 where either has not happened. */
const length = (from: number, to: number, divisor: number): number =>
  from === 0 || to === 0 ? 0 : Math.floor(to / divisor) - Math.floor(from / divisor)

/** What stands before the durations, in seconds, or `m`illi- or `u` microseconds. */
const spanNames = (unit: '' | 'm' | 'u') => ({
  duration: `\nvariable_${unit}duration: `,
  bill: `\nvariable_bill${unit}sec: `,
  progress: `\nvariable_progress${unit}sec: `,
  answer: `\nvariable_answer${unit}sec: `,
  wait: `\nvariable_wait${unit}sec: `,
  progressMedia: `\nvariable_progress_media${unit}sec: `,
  flow: `\nvariable_flow_bill${unit}sec: `,
})

const SECONDS = spanNames('')
const MILLISECONDS = spanNames('m')
const MICROSECONDS = spanNames('u')

const spans = (t: Times, now: number, names: ReturnType<typeof spanNames>, divisor: number): string => {
  const total = String(length(t.created, now, divisor))
  const since = (to: number): string => (to === 0 ? '0' : String(length(t.created, to, divisor)))
  return (
    names.duration +
    total +
    names.bill +
    String(length(t.answered, now, divisor)) +
    names.progress +
    since(t.progress) +
    names.answer +
    since(t.answered) +
    names.wait +
    since(t.bridged) +
    names.progressMedia +
    since(t.progressMedia) +
    names.flow +
    (t.answered === 0 ? '0' : total)
  )
}

/** All of them, in seconds, milliseconds and microseconds. */
export const spansText = (t: Times, now: number): string =>
  spans(t, now, SECONDS, 1e6) + spans(t, now, MILLISECONDS, 1e3) + spans(t, now, MICROSECONDS, 1)
