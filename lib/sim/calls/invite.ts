import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { hearAnswer, hearEarlyMedia, hearRinging } from './caller-side.ts'
import { hearBye, hearRefusal } from '../channel/far-hangup.ts'
import type { CalledAddress, PartyBehaviour } from './far-end.ts'
import { receiveCall } from './receive-call.ts'
import { causeOfStatus, phraseOf } from '../channel/sip-causes.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'

/** Sends the INVITE of a calling leg: to one of the switch's own profiles, to a party outside, or to a closed port. */
export const invite = (sw: Switch, channel: Channel, hop: CalledAddress): void => {
  later(sw, TIMING.signal, () => {
    if (!isUp(channel)) return
    const profile = sw.config.profiles.find(({ host, port }) => host === hop.host && port === hop.port)
    if (profile) {
      const refusal = receiveCall(sw, channel, profile)
      if (refusal) hearRefusal(sw, channel, ...refusal, 'NORMAL_TEMPORARY_FAILURE')
      return
    }
    const behaviour = sw.config.calledParty(hop)
    if (behaviour) followParty(sw, channel, behaviour)
    else hearRefusal(sw, channel, 503, phraseOf(503), 'NORMAL_TEMPORARY_FAILURE', false)
  })
}

/** Plays the part of a called party that is not on this switch. */
const followParty = (sw: Switch, channel: Channel, party: PartyBehaviour): void => {
  const { ringAfter, earlyMediaAfter, answerAfter, reject, hangupAfter } = party
  const after = (ms: number, act: () => void): void => {
    later(sw, ms, () => {
      if (isUp(channel)) act()
    })
  }
  if (ringAfter !== undefined) after(ringAfter, () => hearRinging(sw, channel))
  if (earlyMediaAfter !== undefined) after(earlyMediaAfter, () => hearEarlyMedia(sw, channel))
  if (reject)
    after(reject.after, () => {
      if (channel.answerState !== 'answered')
        hearRefusal(sw, channel, reject.status, phraseOf(reject.status), causeOfStatus(reject.status))
    })
  if (answerAfter === undefined) return
  after(answerAfter, () => hearAnswer(sw, channel))
  if (hangupAfter !== undefined)
    after(answerAfter + hangupAfter, () => {
      const reason = 'Q.850%3Bcause%3D16%3Btext%3D%22NORMAL_CLEARING%22'
      if (hasMedia(channel)) hearBye(sw, channel, reason, 'NORMAL_CLEARING')
    })
}
