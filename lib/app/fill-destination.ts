import { requireAddress, requireUser } from '../esl/encode/address.ts'
import { mapTexts } from '../esl/parties.ts'
import { ArgumentError } from '../errors.ts'
import type { BridgeOptions } from '../model/verbs/bridge.ts'
import type { RouteMatch } from './route.ts'

const PLACE = /\$(?:(\d)|<(\w+)>|\$)/g

const requireHostPart = (what: string, text: string): string => {
  if (/^[\w.-]*$/.test(text)) return text
  throw new ArgumentError(`expected ${what} to be a part of a host, got ${JSON.stringify(text)}`)
}

const requireUserPart = (what: string, text: string): string => {
  // An author's text before it may make the whole begin otherwise.
  if (text === '') return text
  return requireUser(what, `x${text}`).slice(1)
}

/**
 * Fills the groups of a match in. What stands before the author's `@` is a user part, what stands behind it a host: a group
 * holds no `@` and no `/` of its own, so that it cannot choose the host or the endpoint.
 */
const fill = (text: string, match: RouteMatch<string>): string => {
  const at = text.indexOf('@')
  const filled = text.replace(
    PLACE,
    (whole, number: string | undefined, name: string | undefined, place: number) => {
      if (whole === '$$') return '$'
      const value = (number === undefined ? match.groups[name ?? ''] : match[Number(number)]) ?? ''
      return (at >= 0 && place > at ? requireHostPart : requireUserPart)(`the group ${whole}`, value)
    },
  )
  return filled === text ? text : requireAddress('a destination', filled)
}

/**
 * `$1` and `$<name>` in the texts of a destination are what the groups of the match hold, `$$` is a `$`; a dial string is left as
 * it is. Throws ArgumentError (BAD_ARGUMENT) for a group that does not fit its place.
 */
export const fillDestination = (to: BridgeOptions, match: RouteMatch<string>): BridgeOptions => ({
  ...to,
  ...(to.dest === undefined ? {} : { dest: mapTexts(to.dest, (text) => fill(text, match)) }),
  ...(to.parties === undefined
    ? {}
    : { parties: to.parties.map((each) => mapTexts(each, (text) => fill(text, match))) }),
})
