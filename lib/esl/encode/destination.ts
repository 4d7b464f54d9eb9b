import { ArgumentError } from '../../errors.ts'
import { isDialString, type DialString } from '../dial-string.ts'
import { encodeEndpoint } from './endpoint.ts'
import { requireNoExpansion } from './expansion.ts'
import {
  isGroup,
  type Destination,
  type Parties,
  type Party,
  type SipRoute,
  type Strategy,
} from '../parties.ts'
import { groupVariables, partyVariables } from './party-variables.ts'
import { encodeBraces, encodeCallVars, encodePartyVars, type Vars, type VarsOptions } from './braces.ts'

/** What holds for all of a destination. */
export interface DestinationOptions extends SipRoute, VarsOptions {}

const DELIMITERS: Readonly<Record<Strategy, string>> = { together: ',', 'in turn': '|', enterprise: ':_:' }

/** A group holds groups of lower ranks, as FreeSWITCH's delimiters bind. */
const RANKS: readonly Strategy[] = ['together', 'in turn', 'enterprise']

/** Braces before one of several parties would be taken for a part of its endpoint. */
const requireInner = (text: string): string => {
  if (!/^[<{]/.test(text)) return text
  throw new ArgumentError(
    `expected the variables of one of several parties as { dest, vars }, got ${JSON.stringify(text)}`,
  )
}

const requireStrategy = ({ parties, strategy = 'together' }: Parties, within: number): Strategy => {
  const rank = RANKS.indexOf(strategy)
  if (rank < 0)
    throw new ArgumentError(`expected a strategy (${RANKS.join(', ')}), got ${JSON.stringify(strategy)}`)
  if (!Array.isArray(parties) || parties.length === 0)
    throw new ArgumentError(`expected at least one party, got ${JSON.stringify(parties)}`)
  if (rank >= within)
    throw new ArgumentError(
      `expected groups as "together" in "in turn" in "enterprise", got "${strategy}" in ${RANKS[within] ?? 'itself'}`,
    )
  return strategy
}

const encodeLeg = (party: Party, inherited: Vars, options: DestinationOptions): string => {
  const endpoint = requireInner(encodeEndpoint(party, options))
  const own = typeof party === 'string' || isDialString(party) ? {} : partyVariables(party)
  return encodePartyVars({ ...inherited, ...own }, options) + endpoint
}

/** The legs of a group with what parts them; `inherited` are variables that no braces before them can say. */
const encodeGroup = (
  group: Parties,
  inherited: Vars,
  options: DestinationOptions,
  within: number,
): string => {
  const strategy = requireStrategy(group, within)
  const rank = RANKS.indexOf(strategy)
  const encoded = group.parties.map((each) => {
    if (!isGroup(each)) return encodeLeg(each, inherited, options)
    const own = groupVariables(each)
    return strategy === 'enterprise'
      ? encodeBraces(own, options) + encodeGroup(each, {}, options, rank)
      : encodeGroup(each, { ...inherited, ...own }, options, rank)
  })
  return encoded.join(DELIMITERS[strategy])
}

const requireNoRoute = (dest: DialString, { gateway, proxy }: DestinationOptions): string => {
  if (gateway === undefined && proxy === undefined) return String(dest)
  throw new ArgumentError(`expected either a dial string or a gateway or proxy, got both: ${String(dest)}`)
}

/** `{…}` before an enterprise originate would be variables of its first call alone. */
const encodeWhole = (text: string, vars: Vars, options: DestinationOptions): string => {
  if (!(options.expand ?? false)) requireNoExpansion('a dial string', text)
  const encode = text.startsWith('<') || text.includes(':_:') ? encodeCallVars : encodeBraces
  return encode(vars, options) + text
}

/**
 * The dial string that calls a destination, with variables of all its legs before it. Every text in it arrives as it was given,
 * as one address, or is refused. Throws ArgumentError (BAD_ARGUMENT).
 */
export const encodeDestination = (dest: Destination, vars: Vars, options: DestinationOptions): string => {
  if (isGroup(dest)) {
    const legs = encodeGroup(dest, {}, options, RANKS.length)
    const encode = dest.strategy === 'enterprise' ? encodeCallVars : encodeBraces
    return encode({ ...vars, ...groupVariables(dest) }, options) + legs
  }
  if (isDialString(dest)) return encodeWhole(requireNoRoute(dest, options), vars, options)
  const endpoint = encodeEndpoint(dest, options)
  const own = typeof dest === 'string' ? {} : partyVariables(dest)
  return encodeBraces({ ...vars, ...own }, options) + endpoint
}
