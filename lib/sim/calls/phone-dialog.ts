import type { Dialog, PhoneManners } from '../channel/leg.ts'
import type { SipProfile } from '../core/config.ts'
import type { Switch } from '../core/switch.ts'
import { encode } from '../events/encode.ts'

/** Who calls, and whom. */
export interface PhoneAddress {
  readonly user: string
  readonly host: string
  readonly port: number
  readonly name: string
}

const phoneOffer = (host: string, port: number, dtmf: PhoneManners['dtmf']): string => {
  const events = dtmf === 'info' ? '' : 'a%3Drtpmap%3A101%20telephone-event/8000%0D%0A'
  return (
    `v%3D0%0D%0Ao%3Duser1%2053655765%202353687637%20IN%20IP4%20${host}%0D%0As%3D-%0D%0Ac%3DIN%20IP4%20${host}%0D%0A` +
    `t%3D0%200%0D%0Am%3Daudio%20${port}%20RTP/AVP%200${events === '' ? '' : '%20101'}%0D%0A` +
    `a%3Drtpmap%3A0%20PCMU/8000%0D%0A${events}`
  )
}

const ourAnswer = (sw: Switch, host: string, port: number, dtmf: PhoneManners['dtmf']): string => {
  const version = Math.floor(sw.startedAt / 1e6) - sw.random.below(20_000)
  const events =
    dtmf === 'info' ? '' : 'a%3Drtpmap%3A101%20telephone-event/8000%0D%0Aa%3Dfmtp%3A101%200-15%0D%0A'
  return (
    `v%3D0%0D%0Ao%3DFreeSWITCH%20${version}%20${version + 1}%20IN%20IP4%20${host}%0D%0As%3DFreeSWITCH%0D%0A` +
    `c%3DIN%20IP4%20${host}%0D%0At%3D0%200%0D%0Am%3Daudio%20${port}%20RTP/AVP%200${events === '' ? '' : '%20101'}%0D%0A` +
    `a%3Drtpmap%3A0%20PCMU/8000%0D%0A${events}a%3Dptime%3A20%0D%0A`
  )
}

/** The dialog that a phone's INVITE begins on a profile of this switch. */
export const phoneDialog = (
  sw: Switch,
  profile: SipProfile,
  from: PhoneAddress,
  toUser: string,
  phone: PhoneManners,
): Dialog => {
  const { random } = sw
  const tag = random.below(100_000)
  const callerHost = encode(from.host)
  const calledHost = encode(profile.host)
  const callerRtp = 6000
  const calledRtp = 16_384 + 2 * random.below(8192)
  return {
    callId: `1-${tag}%40${callerHost}`,
    branch: `-${tag}-1-0`,
    fromTag: `${tag}SIPpTag001`,
    toTag: random.token(13),
    cseq: 1,
    oneCodec: true,
    fromName: encode(from.name),
    fromUser: encode(from.user),
    toUser: encode(toUser),
    callerHost,
    callerPort: from.port,
    calledHost,
    calledPort: profile.port,
    caller: { port: callerRtp, ssrc: 0, offer: phoneOffer(callerHost, callerRtp, phone.dtmf) },
    called: {
      port: calledRtp,
      ssrc: random.below(2 ** 32 - 1),
      offer: ourAnswer(sw, calledHost, calledRtp, phone.dtmf),
    },
    phone,
  }
}
