import type { Channel } from './channel.ts'
import { encode } from '../events/encode.ts'
import { localStamp } from '../events/event-head.ts'
import { numberOfCause } from './sip-causes.ts'
import { setBlock } from './variables.ts'

const stamp = (name: string, at: number): string =>
  at === 0 ? '' : `\nvariable_${name}_stamp: ${encode(localStamp(at))}`

const epoch = (name: string, at: number): string =>
  `\nvariable_${name}_epoch: ${Math.floor(at / 1e6)}\nvariable_${name}_uepoch: ${at}`

/** From and to, in microseconds; nothing lies between when either has not happened. */
type Span = readonly [from: number, to: number]

interface Spans {
  total: Span
  bill: Span
  progress: Span
  answer: Span
  wait: Span
  progressMedia: Span
  flow: Span
}

/** FreeSWITCH cuts both ends to the unit before it subtracts. */
const length = ([from, to]: Span, divisor: number): number =>
  from === 0 || to === 0 ? 0 : Math.floor(to / divisor) - Math.floor(from / divisor)

const spansIn = (spans: Spans, unit: '' | 'm' | 'u', divisor: number): string => {
  const n = (span: Span): number => length(span, divisor)
  const suffix = `${unit}sec`
  return (
    `\nvariable_${unit}duration: ${n(spans.total)}\nvariable_bill${suffix}: ${n(spans.bill)}` +
    `\nvariable_progress${suffix}: ${n(spans.progress)}\nvariable_answer${suffix}: ${n(spans.answer)}` +
    `\nvariable_wait${suffix}: ${n(spans.wait)}\nvariable_progress_media${suffix}: ${n(spans.progressMedia)}` +
    `\nvariable_flow_bill${suffix}: ${n(spans.flow)}`
  )
}

/**
 * What a hangup adds for the CDR: causes, stamps and durations (`switch_channel_set_timestamps` in
 * `src/switch_channel.c`). `now` in microseconds.
 */
export const setHangupVariables = (channel: Channel, now: number): void => {
  const { caller, hangupCause = 'NORMAL_CLEARING', lastApp } = channel
  if (!caller) return
  const t = caller.times
  const spans: Spans = {
    total: [t.created, now],
    bill: [t.answered, now],
    progress: [t.created, t.progress],
    answer: [t.created, t.answered],
    wait: [t.created, t.bridged],
    progressMedia: [t.created, t.progressMedia],
    flow: [t.answered === 0 ? 0 : t.created, now],
  }
  const callerId = caller.name === '' ? caller.number : `"${caller.name}" <${caller.number}>`
  const name = lastApp ? `\nvariable_last_app: ${lastApp[0]}` : ''
  const arg = lastApp && lastApp[1] !== '' ? `\nvariable_last_arg: ${encode(lastApp[1])}` : ''
  setBlock(
    channel,
    `\nvariable_hangup_cause: ${hangupCause}\nvariable_hangup_cause_q850: ${q850(hangupCause)}` +
      `\nvariable_digits_dialed: ${encode(channel.digits?.dialed || 'none')}` +
      stamp('start', t.created) +
      stamp('profile_start', t.profile || t.created) +
      stamp('answer', t.answered) +
      stamp('bridge', t.bridged) +
      stamp('hold', t.lastHold) +
      holdEvents(channel) +
      stamp('progress', t.progress) +
      stamp('progress_media', t.progressMedia) +
      stamp('end', now) +
      epoch('start', t.created) +
      epoch('profile_start', t.profile || t.created) +
      epoch('answer', t.answered) +
      epoch('bridge', t.bridged) +
      holdTimes(t.lastHold, t.holdAccum) +
      epoch('progress', t.progress) +
      epoch('progress_media', t.progressMedia) +
      epoch('end', now) +
      name +
      arg +
      `\nvariable_caller_id: ${encode(callerId)}` +
      spansIn(spans, '', 1e6) +
      spansIn(spans, 'm', 1e3) +
      spansIn(spans, 'u', 1),
  )
}

const holdEvents = ({ holds }: Channel): string =>
  holds.length === 0
    ? ''
    : `\nvariable_hold_events: ${encode(`{${holds.map(([from, to]) => `{${from},${to}}`).join(',')}}`)}`

const holdTimes = (last: number, total: number): string =>
  `\nvariable_last_hold_epoch: ${Math.floor(last / 1e6)}\nvariable_last_hold_uepoch: ${last}` +
  `\nvariable_hold_accum_seconds: ${Math.floor(total / 1e6)}\nvariable_hold_accum_usec: ${total}` +
  `\nvariable_hold_accum_ms: ${Math.floor(total / 1000)}\nvariable_resurrect_epoch: 0\nvariable_resurrect_uepoch: 0`

/** FreeSWITCH's own causes are normal clearing to Q.850 (`switch_channel_cause_q850`), SIP's cancel too. */
const q850 = (cause: string): number => {
  const number = numberOfCause(cause)
  return number > 127 ? 16 : number
}
