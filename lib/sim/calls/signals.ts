import { type Channel } from '../channel/channel.ts'
import { encode } from '../events/encode.ts'
import { hearAnswer, hearEarlyMedia, hearRinging } from './caller-side.ts'
import { hearBye, hearCancel, hearRefusal } from '../channel/far-hangup.ts'
import { setConfirmedVariables } from './called-variables.ts'
import { causeOfStatus, numberOfCause, statusOfCause } from '../channel/sip-causes.ts'
import { phraseOf } from '../channel/sip-phrases.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { setBlock } from '../channel/variables.ts'

/** What one leg says to the other: SIP without the messages. Each takes its time on the way. */

/** The called leg rings, sends early media, or answers. */
export const tellProgress = (sw: Switch, channel: Channel, what: 'ringing' | 'early' | 'answered'): void => {
  const { leg } = channel
  if (channel.direction !== 'inbound' || !leg) return
  later(sw, TIMING.signal, () => {
    const { peer } = leg
    if (peer) {
      if (what === 'ringing') hearRinging(sw, peer)
      else if (what === 'early') hearEarlyMedia(sw, peer)
      else hearAnswer(sw, peer)
    }
    leg.party?.progress(what)
    if (what === 'answered' && !leg.over) setConfirmedVariables(channel, leg, sw.random.token(13))
  })
}

/** Another leg has taken the call. */
const ELSEWHERE: ReadonlySet<string> = new Set(['PICKED_OFF', 'LOSE_RACE'])

const reasonOf = (cause: string): string => {
  if (ELSEWHERE.has(cause)) return encode('SIP;cause=200;text="Call completed elsewhere"')
  const number = numberOfCause(cause)
  return encode(`${number < 128 ? 'Q.850' : 'SIP'};cause=${number};text="${cause}"`)
}

/**
 * A leg that hangs up tells the other: BYE after an answer, before it CANCEL from the caller, a refusal from the called
 * (`sofia_on_hangup` in `mod_sofia.c`).
 */
export const tellHangup = (sw: Switch, channel: Channel): void => {
  const { leg, loop, hangupCause = 'NORMAL_CLEARING' } = channel
  if (loop?.other) setBlock(channel, '\nvariable_is_loopback: 1')
  if (!leg || leg.over) return
  leg.over = true
  const { peer } = leg
  const reason = reasonOf(hangupCause)
  if (ELSEWHERE.has(hangupCause)) setBlock(channel, '\nvariable_call_completed_elsewhere: true')
  const status = leg.refusal?.[0] ?? statusOfCause(hangupCause)
  const { party } = leg
  if (party) later(sw, TIMING.signal, () => party.hangup(hangupCause, status))
  if ((channel.caller?.times.answered ?? 0) > 0) {
    setBlock(channel, '\nvariable_sip_hangup_disposition: send_bye')
    if (peer) later(sw, TIMING.signal, () => hearBye(sw, peer, reason, hangupCause))
  } else if (channel.direction === 'outbound') {
    setBlock(
      channel,
      '\nvariable_sip_hangup_disposition: send_cancel\nvariable_sip_invite_failure_status: 487' +
        '\nvariable_sip_invite_failure_phrase: CANCEL',
    )
    if (peer) later(sw, TIMING.signal, () => hearCancel(sw, peer, reason))
  } else {
    setBlock(channel, '\nvariable_sip_hangup_disposition: send_refuse')
    const phrase = leg.refusal?.[1] ?? phraseOf(status)
    // A cause that has no name says nothing: the status alone tells then.
    const told = hangupCause === 'UNKNOWN' ? causeOfStatus(status) : hangupCause
    if (peer) later(sw, TIMING.signal, () => hearRefusal(sw, peer, status, phrase, told))
  }
}
