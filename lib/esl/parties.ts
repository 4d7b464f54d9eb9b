import { textOf, type DialString } from './dial-string.ts'
import type { Vars } from './encode/braces.ts'

/** By which way a SIP call leaves the switch. */
export interface SipRoute {
  /** Sofia profile that sends the INVITE. Default `external`; for a bridge the one that the caller came in by. */
  readonly profile?: string | undefined
  /** Gateway to send through, in place of a profile: `dest` is a user part then, for the gateway has the host. */
  readonly gateway?: string | undefined
  /** First hop, `host:port`: the device under test. */
  readonly proxy?: string | undefined
}

/** Who is called by SIP. */
export interface SipParty extends SipRoute {
  /** `user` or `user@host[:port]`: a value, checked, put behind the profile or the gateway; or a dial string of the author's. */
  readonly dest: string | DialString
}

/** A user of the switch's directory, `1000` or `1000@domain`, on the telephones that are registered for it. */
export interface UserParty {
  readonly user: string
}

/** An extension of this switch's own dialplan. */
export interface LoopbackParty {
  readonly loopback: string
  /** Default `default`. */
  readonly context?: string | undefined
  /** Default `XML`. */
  readonly dialplan?: string | undefined
}

/** What holds for one party alone. Times in ms; the switch counts whole seconds: rounded up. */
export interface PartyOptions {
  /** Channel variables of its leg. */
  readonly vars?: Vars | undefined
  /** How long it may take to answer (`leg_timeout`). */
  readonly timeout?: number | undefined
  /** How long it may take to ring (`leg_progress_timeout`). */
  readonly progressTimeout?: number | undefined
  /** How long after the others it is called (`leg_delay_start`). */
  readonly delay?: number | undefined
}

/** One who is called, with options of its own. */
export type PartySpec = (SipParty | UserParty | LoopbackParty) & PartyOptions

/** One who is called. A text is a `dest`. */
export type Party = string | DialString | PartySpec

/** How several parties are called: all at once, one after the other, or each by an originate of its own, at once. */
export type Strategy = 'together' | 'in turn' | 'enterprise'

/** What a party has to press before the call is its own: an answering machine does not. */
export interface Confirm {
  /** One to nine of 0-9 A-D * #. */
  readonly key: string
  /** The file that asks for it, again and again. Default: silence. */
  readonly file?: string | undefined
  /** What is played after a wrong key. */
  readonly errorFile?: string | undefined
  /** How long a key may take before it is asked for again, in ms. */
  readonly timeout?: number | undefined
}

/**
 * Several parties. `together` is `,` of FreeSWITCH's dial strings, `in turn` is `|`, `enterprise` is `:_:`. Groups may stand in
 * groups in that order: `together` in `in turn` in `enterprise`.
 */
export interface Parties {
  readonly parties: readonly (Party | Parties)[]
  /** Default `together`. */
  readonly strategy?: Strategy | undefined
  readonly confirm?: Confirm | undefined
  /** Channel variables of all of its legs; those of a party go before them. */
  readonly vars?: Vars | undefined
}

/** Where a call goes. */
export type Destination = Party | Parties

export const isGroup = (value: Destination | null | undefined): value is Parties =>
  typeof value === 'object' && value !== null && 'parties' in value

/** Whether a dial string calls one leg only; a user of the directory may have several telephones. */
const dialsOne = (text: string): boolean => {
  const bare = text.replace(/\[[^\]]*\]|\{[^}]*\}|<[^>]*>/g, '')
  return !/[,|]|:_:/.test(bare) && /^(?:sofia|loopback|null|error)\//.test(bare)
}

/** Whether it is sure to be one leg, which can be given a uuid. */
export const hasOneLeg = (dest: Destination): boolean => {
  if (typeof dest === 'string') return true
  if (isGroup(dest)) return false
  const text = textOf(dest) ?? ('dest' in dest ? textOf((dest as SipParty).dest) : undefined)
  return text === undefined ? !('user' in dest) : dialsOne(text)
}

/** Names a destination in errors and logs. */
export const nameOf = (dest: Destination): string => {
  if (typeof dest === 'string') return dest
  if (isGroup(dest)) return dest.parties.map(nameOf).join(', ')
  const text = textOf(dest)
  if (text !== undefined) return text
  const { dest: own, user, loopback } = dest as Partial<SipParty & UserParty & LoopbackParty>
  return own === undefined ? (user ?? loopback ?? 'nobody') : (textOf(own) ?? String(own))
}

const mapParty = (party: Party, map: (text: string) => string): Party => {
  if (textOf(party) !== undefined) return party
  if (typeof party === 'string') return map(party)
  const spec = party as PartySpec
  if ('dest' in spec) return typeof spec.dest === 'string' ? { ...spec, dest: map(spec.dest) } : spec
  return 'user' in spec ? { ...spec, user: map(spec.user) } : { ...spec, loopback: map(spec.loopback) }
}

/** A destination whose texts (who is called, not by which way) are others; a dial string stays as it is. */
export const mapTexts = (dest: Destination, map: (text: string) => string): Destination =>
  isGroup(dest) ? { ...dest, parties: dest.parties.map((each) => mapTexts(each, map)) } : mapParty(dest, map)
