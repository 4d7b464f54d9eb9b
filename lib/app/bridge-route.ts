import { ArgumentError, CommandError, HangupError } from '../errors.ts'
import { isHangupCause } from '../esl/hangup-causes.ts'
import type { BridgeOptions } from '../model/verbs/bridge.ts'
import type { Session } from '../model/session.ts'
import { fillDestination } from './fill-destination.ts'
import { stopRouting, type RouteMatch } from './route.ts'

/** A destination that the caller's words have no place in is no failure of ours: 484 to a SIP caller. */
const CAUSE = 'INVALID_NUMBER_FORMAT'

/** The options with what the caller dialled filled in; undefined where that cannot be dialled safely. */
const filled = (
  session: Session,
  match: RouteMatch<string>,
  to: BridgeOptions,
): BridgeOptions | undefined => {
  try {
    return fillDestination(to, match)
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error
    session.log('not bridged: %s', error.message)
    return undefined
  }
}

const refuse = async (session: Session, to: BridgeOptions): Promise<void> => {
  if (to.continueOnFail) return
  await session.hangup(CAUSE)
  stopRouting()
}

/** Sessions that an earlier route kept up where its bridge failed: the variable stays, and the next route may not want it. */
const keptUp = new WeakSet<object>()

const withOwnEnd = (session: Session, options: BridgeOptions): BridgeOptions => {
  const { continueOnFail } = options
  if (continueOnFail === true) keptUp.add(session.state)
  return continueOnFail === undefined && keptUp.has(session.state)
    ? { ...options, continueOnFail: false }
    : options
}

/** The switch goes on with a call that nobody answered in time, whatever is set (`switch_channel_handle_cause`). */
const hangUp = async (session: Session, { reply }: CommandError): Promise<void> => {
  if (!session.hungup) await session.hangup(isHangupCause(reply) ? reply : 'NORMAL_TEMPORARY_FAILURE')
}

/** Whether all that is dialled comes from the caller: the Request-URI. */
const isTheirs = ({ dest, parties }: BridgeOptions): boolean => dest === undefined && parties === undefined

/**
 * A route function that bridges the call: by `gateway`, `profile` or `proxy`, to `dest` or several `parties`, or else to the
 * Request-URI of the INVITE (its user part, by a gateway). `$1` and `$<name>` in a text of `dest` or `parties` are groups of the
 * match: values, for a user part or a host part, never more than that.
 *
 * Once it is bridged, no later route is tried. Where it cannot be, the switch hangs the call up with the cause, which is
 * no failure of the router's; but with `continueOnFail` the next route that matches is tried. A call whose number or
 * Request-URI cannot be dialled safely is hung up with INVALID_NUMBER_FORMAT, or goes on in the same way.
 */
export const bridge = async (
  session: Session,
  match: RouteMatch<string>,
  to: BridgeOptions = {},
): Promise<void> => {
  const options = filled(session, match, to)
  if (!options) {
    await refuse(session, to)
    return
  }
  try {
    await session.bridge(withOwnEnd(session, options))
  } catch (error) {
    if (error instanceof ArgumentError && isTheirs(to)) {
      session.log('not bridged: %s', error.message)
      await refuse(session, to)
      return
    }
    if (!(error instanceof CommandError) || error instanceof HangupError) throw error
    session.log('not bridged: %s', error.reply)
    if (options.continueOnFail) return
    if (
      !session.hungup &&
      /^true$/i.test(session.get('variable_continue_on_fail') ?? '') &&
      !keptUp.has(session.state)
    )
      throw error
    await hangUp(session, error)
  }
  stopRouting()
}
