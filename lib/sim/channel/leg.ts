import type { Channel } from './channel.ts'
import type { SipProfile } from '../core/config.ts'
import { encode } from '../events/encode.ts'
import { flat } from '../events/flat.ts'
import type { CalledAddress } from '../calls/far-end.ts'
import type { Playing } from '../media/sending.ts'
import type { Switch } from '../core/switch.ts'

/** A SIP dialog between two legs: what both of them know. Everything that goes into headers is encoded already. */
export interface Dialog {
  readonly callId: string
  readonly branch: string
  readonly fromTag: string
  readonly toTag: string
  readonly cseq: number
  readonly fromName: string
  readonly fromUser: string
  readonly toUser: string
  readonly callerHost: string
  readonly callerPort: number
  readonly calledHost: string
  readonly calledPort: number
  /** Whether the caller offers one codec only: that of the leg which it is dialed for. */
  readonly oneCodec: boolean
  readonly caller: Media
  readonly called: Media
  /** What is particular to a caller that is no FreeSWITCH; undefined for one that is. */
  readonly phone?: PhoneManners
}

/** How a phone's INVITE differs from one of FreeSWITCH. */
export interface PhoneManners {
  readonly userAgent?: string | undefined
  /** Display name in To, and the Subject header. */
  readonly toName?: string | undefined
  readonly subject?: string | undefined
  /** How it has DTMF: `rfc2833` (telephone-event in its SDP), or `info`. */
  readonly dtmf: 'rfc2833' | 'info'
}

/** A party at the other end that is not on this switch, and is told what the channel does. */
export interface Party {
  progress(what: 'ringing' | 'early' | 'answered'): void
  hangup(cause: string, status: number): void
  digits(digits: string): void
}

/** Where a leg's audio comes from, and the SDP that says so. */
export interface Media {
  readonly port: number
  readonly ssrc: number
  readonly offer: string
}

/** A channel's end of a dialog. */
export interface Leg {
  readonly dialog: Dialog
  readonly profile: SipProfile
  /** The channel at the other end, when it is on this switch too. */
  peer: Channel | undefined
  /** The phone at the other end, for a call that came in from outside. */
  readonly party: Party | undefined
  /** What a far end says that is not on this switch: a sound, or what it hears. */
  voice: Playing | 'echo' | undefined
  /** What the far end has done: a second 200 OK, or a BYE after one, says nothing new. */
  heard: 'nothing' | 'ringing' | 'early' | 'answered'
  /** Whether the dialog is over for the far end, so that it need not be told. */
  over: boolean
  /** Where a dialed leg was to go, as it was written. */
  readonly called: { readonly authority: string; readonly params: string } | undefined
  /** Whom the far end was told it talks to. */
  shown: string | undefined
  /** The status and phrase with which to refuse the call, as `respond` has set them. */
  refusal: readonly [status: number, phrase: string] | undefined
}

/** Makes a channel's end of a dialog. */
export const createLeg = (
  dialog: Dialog,
  profile: SipProfile,
  { peer, party, called }: Partial<Pick<Leg, 'peer' | 'party' | 'called'>>,
): Leg => ({
  dialog,
  profile,
  peer,
  party,
  voice: undefined,
  heard: 'nothing',
  over: false,
  called,
  shown: undefined,
  refusal: undefined,
})

const sdp = (sw: Switch, host: string, port: number, answer: boolean): string => {
  const version = Math.floor(sw.startedAt / 1e6) - sw.random.below(20_000)
  const formats = answer ? '0%20101%2013' : '0%208%20101%2013'
  const pcma = answer ? '' : 'a%3Drtpmap%3A8%20PCMA/8000%0D%0A'
  return (
    `v%3D0%0D%0Ao%3DFreeSWITCH%20${version}%20${version + 1}%20IN%20IP4%20${host}%0D%0As%3DFreeSWITCH%0D%0A` +
    `c%3DIN%20IP4%20${host}%0D%0At%3D0%200%0D%0Am%3Daudio%20${port}%20RTP/AVP%20${formats}%0D%0A` +
    `a%3Drtpmap%3A0%20PCMU/8000%0D%0A${pcma}a%3Drtpmap%3A101%20telephone-event/8000%0D%0A` +
    'a%3Dfmtp%3A101%200-15%0D%0Aa%3Drtpmap%3A13%20CN/8000%0D%0Aa%3Dptime%3A20%0D%0A'
  )
}

const media = (sw: Switch, host: string, answer: boolean): Media => {
  const port = 16_384 + 2 * sw.random.below(8192)
  return { port, ssrc: sw.random.below(2 ** 32 - 1), offer: flat(sdp(sw, host, port, answer)) }
}

/** Begins a dialog from a profile of this switch to an address. */
export const createDialog = (
  sw: Switch,
  profile: SipProfile,
  to: CalledAddress,
  from: { name: string; number: string },
  oneCodec: boolean,
): Dialog => ({
  callId: sw.random.uuid(),
  branch: sw.random.token(13),
  fromTag: sw.random.token(13),
  toTag: sw.random.token(13),
  cseq: 100_000_000 + sw.random.below(100_000_000),
  fromName: encode(from.name),
  fromUser: encode(from.number),
  toUser: encode(to.user),
  callerHost: encode(profile.host),
  callerPort: profile.port,
  calledHost: encode(to.host),
  calledPort: to.port,
  oneCodec,
  caller: media(sw, encode(profile.host), oneCodec),
  called: media(sw, encode(to.host), true),
})
