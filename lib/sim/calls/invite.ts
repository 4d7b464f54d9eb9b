import { isUp, type Channel } from '../channel/channel.ts'
import type { CalledAddress } from './far-end.ts'
import { hearRefusal } from '../channel/far-hangup.ts'
import { followParty } from './follow-party.ts'
import { receiveCall } from './receive-call.ts'
import { phraseOf } from '../channel/sip-phrases.ts'
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
    const behaviour = sw.config.calledParty(hop, sw.partyRandom)
    if (behaviour) followParty(sw, channel, behaviour)
    else hearRefusal(sw, channel, 503, phraseOf(503), 'NORMAL_TEMPORARY_FAILURE', false)
  })
}
