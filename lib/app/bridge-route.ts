import { CommandError, HangupError } from '../errors.ts'
import type { BridgeOptions } from '../model/verbs/bridge.ts'
import type { Session } from '../model/session.ts'
import { stopRouting, type RouteMatch } from './route.ts'

/** `$1` and `$<name>` in a destination are what the groups of the match hold; `$$` is a `$`. */
const fill = (text: string, match: RouteMatch<string>): string =>
  text.replace(/\$(?:(\d)|<(\w+)>|\$)/g, (whole, number?: string, name?: string) => {
    if (whole === '$$') return '$'
    return (number === undefined ? match.groups[name ?? ''] : match[Number(number)]) ?? ''
  })

/**
 * A route function that bridges the call: by `gateway`, `profile` or `proxy`, to `dest` or else to the Request-URI of the
 * INVITE; `$1` and `$<name>` in `dest` are groups of the match.
 *
 * Once it is bridged, no later route is tried. Where it cannot be, the switch hangs the call up with the cause, which is
 * no failure of the router's; but with `continueOnFail` the next route that matches is tried.
 */
export const bridge = async (
  session: Session,
  match: RouteMatch<string>,
  to?: BridgeOptions,
): Promise<void> => {
  const { dest, ...options } = to ?? {}
  try {
    await session.bridge(dest === undefined ? options : { ...options, dest: fill(dest, match) })
  } catch (error) {
    if (!(error instanceof CommandError) || error instanceof HangupError) throw error
    session.log('not bridged: %s', error.reply)
    if (options.continueOnFail) return
    if (!session.hungup) throw error
  }
  stopRouting()
}
