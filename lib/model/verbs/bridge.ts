import { requireAddress } from '../../esl/encode/address.ts'
import { encodeDestination } from '../../esl/encode/destination.ts'
import type { EslEvent } from '../../esl/event.ts'
import type { DialSpec } from '../../esl/originate.ts'
import type { Confirm, Destination, Parties, Strategy } from '../../esl/parties.ts'
import type { Vars } from '../../esl/encode/braces.ts'
import { ArgumentError, CommandError } from '../../errors.ts'
import { receive } from '../../flow/receive.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { firstBridge } from '../executions.ts'
import { hangUpCalled } from '../called-legs.ts'
import { ask, outcome } from '../perform.ts'
import { setOne } from './variables.ts'
import { latestHeader } from '../state.ts'
import type { View } from '../view.ts'

/**
 * Whom to bridge to: `dest`, or several `parties`. Without either: the Request-URI of the INVITE, through the profile that it
 * came in by; through a `gateway`, its user part.
 */
export interface BridgeOptions extends Partial<DialSpec>, ExecuteOptions {
  /** Several, in place of `dest`; see `Parties`. */
  readonly parties?: Parties['parties'] | undefined
  /** How several are called. Default `together`. */
  readonly strategy?: Strategy | undefined
  /** What they have to press. */
  readonly confirm?: Confirm | undefined
  /** Variables of the new leg, or of all of them. */
  readonly vars?: Vars | undefined
  /**
   * Whether this session stays up where the bridge fails, so that another destination can be tried. Default: as the
   * channel's `continue_on_fail` says, which is not set as a rule: it is hung up with the cause of the failure.
   */
  readonly continueOnFail?: boolean | undefined
}

/** Two legs that hear each other. */
export interface Bridge {
  /** The other leg. */
  readonly uuid: string
  /** Resolves with CHANNEL_UNBRIDGE when they part; rejects with HangupError where the session ends without it. */
  readonly ended: Promise<EslEvent>
}

/** What the caller dialled is a value: an address, or refused. A gateway has a host of its own. */
const requestUri = (view: View, gateway: string | undefined): string => {
  const uri = latestHeader(view.state, 'variable_sip_req_uri')
  if (uri === undefined)
    throw new ArgumentError(
      'expected a destination to bridge to: this session has no SIP Request-URI; pass { dest }',
    )
  const address = requireAddress('the Request-URI', uri)
  return gateway === undefined ? address : address.replace(/@.*$/, '')
}

const destination = (view: View, options: BridgeOptions): Destination => {
  const { dest, parties, strategy, confirm, gateway } = options
  if (parties === undefined) {
    if (strategy !== undefined || confirm !== undefined)
      throw new ArgumentError(
        'expected several parties for a strategy or a confirm, got { dest }; pass { parties }',
      )
    return dest ?? requestUri(view, gateway)
  }
  if (dest !== undefined) throw new ArgumentError('expected either dest or parties, got both')
  return { parties, strategy, confirm }
}

const dialString = (view: View, options: BridgeOptions): string => {
  const { gateway, proxy, expand, vars = {} } = options
  const profile = options.profile ?? latestHeader(view.state, 'variable_sofia_profile_name')
  return encodeDestination(destination(view, options), vars, {
    gateway,
    proxy,
    profile,
    expand,
    expandsFirst: true,
  })
}

/** Why the switch could not bridge, by what it noted on the channel. */
const failure = (event: EslEvent): string =>
  event.get('variable_originate_disposition') ?? event.get('variable_DIALSTATUS') ?? 'not bridged'

/** A leg that `uuid_bridge` bridged meanwhile says another application, or none. */
const isByBridge = (event: EslEvent): boolean =>
  event.name === 'CHANNEL_BRIDGE' && (event.get('variable_current_application') ?? 'bridge') === 'bridge'

/**
 * A channel that is parked once by `park_after_bridge` stays parked after the bridges that follow; to be parked by it a second
 * time would leave it deaf to all commands (its state is CS_PARK already, and nothing begins anew).
 */
const keepListening = async (view: View): Promise<void> => {
  const { state } = view
  if (latestHeader(state, 'Channel-State') !== 'CS_PARK') return
  if (!/^(?:true|yes|on|1)$/i.test(latestHeader(state, 'variable_park_after_bridge') ?? '')) return
  await ask(view, 'bridge', () => setOne(view, 'park_after_bridge', false))
}

const bridgeNow = async (view: View, options: BridgeOptions): Promise<Bridge> => {
  const { state } = view
  const { hub, uuid } = state
  const { continueOnFail } = options
  if (continueOnFail !== undefined)
    await ask(view, 'bridge', () => setOne(view, 'continue_on_fail', continueOnFail))
  await keepListening(view)
  let id = ''
  const event = await execute(
    view,
    'bridge',
    () => dialString(view, options),
    options,
    (each, completed, ownId) => {
      id = ownId
      // CHANNEL_BRIDGE has no id of its own, but a channel runs one bridge at a time, in the order they were given.
      if (!completed) return isByBridge(each) && firstBridge(state)?.id === ownId
      if (/^success$/i.test(failure(each))) return true
      throw new CommandError('bridge', failure(each), uuid)
    },
    (execution) => hangUpCalled(state, execution),
  )
  const ended = receive(view.box, {
    matches: (each: EslEvent) =>
      each.name === 'CHANNEL_UNBRIDGE' ||
      (each.name === 'CHANNEL_EXECUTE_COMPLETE' && each.get('Application-UUID') === id),
    what: 'CHANNEL_UNBRIDGE',
    from: hub.dropped + hub.items.lastIndexOf(event) + (event.name === 'CHANNEL_BRIDGE' ? 1 : 0),
    takes: false,
  })
  return { uuid: event.get('Bridge-B-Unique-ID') ?? event.get('Other-Leg-Unique-ID') ?? '', ended }
}

export const bridgeVerbs = {
  /**
   * Calls `dest`, or several `parties`, and bridges the one that answers to this session; resolves once they are bridged, and
   * `await (await sess.bridge(…)).ended` waits until they part. Rejects with CommandError whose `reply`
   * is the cause (USER_BUSY, NO_ANSWER…) where they never are: the switch then hangs this session up with that cause,
   * unless the variable `continue_on_fail` is set to true (or no one answered in time); with ArgumentError (BAD_ARGUMENT) for a
   * destination that cannot be dialled safely, the caller's Request-URI included; with HangupError where this session ends.
   *
   * With `timeout` or `signal` the legs that are being called are hung up (ORIGINATOR_CANCEL) when that is met, and this session
   * goes on; one that is bridged by then stays bridged.
   */
  bridge(this: View, options: BridgeOptions = {}): Promise<Bridge> {
    return outcome(this, 'bridge', bridgeNow(this, options))
  },
}
