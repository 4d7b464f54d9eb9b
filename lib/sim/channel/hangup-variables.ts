import type { Channel } from './channel.ts'
import { encode } from '../events/encode.ts'
import { epochsText, stampsText } from './hangup-times.ts'
import { spansText } from './hangup-spans.ts'
import { numberOfCause } from './sip-causes.ts'
import { setBlock } from './variables.ts'

/**
 * What a hangup adds for the CDR: causes, stamps and durations (`switch_channel_set_timestamps` in
 * `src/switch_channel.c`). `now` in microseconds.
 */
export const setHangupVariables = (channel: Channel, now: number): void => {
  const { caller, hangupCause = 'NORMAL_CLEARING', lastApp } = channel
  if (!caller) return
  const t = caller.times
  const callerId = caller.name === '' ? caller.number : `"${caller.name}" <${caller.number}>`
  const name = lastApp ? `\nvariable_last_app: ${lastApp[0]}` : ''
  const arg = lastApp && lastApp[1] !== '' ? `\nvariable_last_arg: ${encode(lastApp[1])}` : ''
  setBlock(
    channel,
    `\nvariable_hangup_cause: ${hangupCause}\nvariable_hangup_cause_q850: ${q850(hangupCause)}` +
      `\nvariable_digits_dialed: ${encode(channel.digits?.dialed || 'none')}` +
      stampsText(channel, t, now) +
      epochsText(t, now) +
      name +
      arg +
      `\nvariable_caller_id: ${encode(callerId)}` +
      spansText(t, now),
  )
}

/** FreeSWITCH's own causes are normal clearing to Q.850 (`switch_channel_cause_q850`), SIP's cancel too. */
const q850 = (cause: string): number => {
  const number = numberOfCause(cause)
  return number > 127 ? 16 : number
}
