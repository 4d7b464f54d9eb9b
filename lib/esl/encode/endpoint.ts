import { ArgumentError } from '../../errors.ts'
import { requireAddress, requireHost, requireName, requireUser } from './address.ts'
import { textOf } from '../dial-string.ts'
import type { LoopbackParty, Party, SipParty, SipRoute, UserParty } from '../parties.ts'

/** The endpoint of one party: what FreeSWITCH dials, built here out of checked parts. */

const shown = (value: unknown): string => textOf(value) ?? JSON.stringify(value)

/** A host of the caller's choice would get the gateway's INVITE, and the answers to its challenges. */
const throughGateway = (dest: string): string => {
  const address = requireAddress('a destination', dest)
  if (!address.includes('@')) return address
  throw new ArgumentError(
    `expected a user part as the destination of a gateway, which has the host, got ${shown(dest)}; use a profile for an address`,
  )
}

const sip = (party: SipParty, route: SipRoute): string => {
  const { gateway, profile = 'external', proxy } = route
  const path = proxy === undefined ? '' : `;fs_path=sip:${requireHost('a proxy', proxy)}`
  const dest = party.dest as string
  return gateway === undefined
    ? `sofia/${requireName('a profile', profile)}/${requireAddress('a destination', dest)}${path}`
    : `sofia/gateway/${requireName('a gateway', gateway)}/${throughGateway(dest)}${path}`
}

/** A party's own gateway or profile takes the place of both. */
const routeOf = (party: SipParty, route: SipRoute): SipRoute => ({
  ...(party.gateway === undefined && party.profile === undefined ? route : party),
  proxy: party.proxy ?? route.proxy,
})

/** An extension `app=…` would be an application (`channel_on_routing` in `mod_loopback.c`). */
const requireExtension = (text: string): string => {
  if (!/^app=/i.test(requireUser('an extension', text))) return text
  throw new ArgumentError(`expected an extension of the dialplan, got ${shown(text)}`)
}

const wholeDialString = (text: string, { gateway, profile, proxy }: SipRoute): string => {
  if (gateway === undefined && profile === undefined && proxy === undefined) return text
  throw new ArgumentError(
    `expected either a dial string or a gateway, a profile or a proxy, got both: ${shown(text)}`,
  )
}

/** Throws ArgumentError (BAD_ARGUMENT) for a party that is not one, and for values that cannot be dialled safely. */
export const encodeEndpoint = (party: Party, route: SipRoute): string => {
  if (typeof party === 'string') return sip({ dest: party }, route)
  const text = textOf(party)
  if (text !== undefined) return text
  const spec = ((party as unknown) ?? {}) as Partial<SipParty & UserParty & LoopbackParty>
  if (spec.dest !== undefined) {
    const whole = textOf(spec.dest)
    return whole === undefined
      ? sip(spec as SipParty, routeOf(spec as SipParty, route))
      : wholeDialString(whole, spec)
  }
  if (spec.user !== undefined) return `user/${requireAddress('a user', spec.user)}`
  if (spec.loopback !== undefined) {
    const { loopback, context = 'default', dialplan = 'XML' } = spec
    const place = `${requireName('a context', context)}/${requireName('a dialplan', dialplan)}`
    return `loopback/${requireExtension(loopback)}/${place}`
  }
  throw new ArgumentError(
    `expected a destination as user or user@host, { dest }, { user }, { loopback }, { parties } or dialString(…), got ${shown(party)}`,
  )
}
