import { encodeDialString, type DialSpec } from '../../esl/originate.ts'
import { encodeBraces, type Vars } from '../../esl/encode/braces.ts'
import type { EslEvent } from '../../esl/event.ts'
import { ArgumentError, CommandError } from '../../errors.ts'
import { receive } from '../../flow/receive.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { outcome } from '../perform.ts'
import { setOne } from './variables.ts'
import { latestHeader } from '../state.ts'
import type { View } from '../view.ts'

/** Whom to bridge to. Without `dest`: the Request-URI of the INVITE, through the profile that it came in by. */
export interface BridgeOptions extends Partial<DialSpec>, ExecuteOptions {
  /** Variables of the new leg. */
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

const destination = (view: View, options: BridgeOptions): DialSpec => {
  const dest = options.dest ?? latestHeader(view.state, 'variable_sip_req_uri')
  if (dest === undefined)
    throw new ArgumentError(
      'expected a destination to bridge to: this session has no SIP Request-URI; pass { dest }',
    )
  const profile = options.profile ?? latestHeader(view.state, 'variable_sofia_profile_name')
  return { ...options, dest, ...(profile === undefined ? {} : { profile }) }
}

/** Why the switch could not bridge, by what it noted on the channel. */
const failure = (event: EslEvent): string =>
  event.get('variable_originate_disposition') ?? event.get('variable_DIALSTATUS') ?? 'not bridged'

const bridgeNow = async (view: View, options: BridgeOptions): Promise<Bridge> => {
  const { hub, uuid } = view.state
  const target = (): string =>
    encodeBraces(options.vars ?? {}, { expand: options.expand, expandsFirst: true }) +
    encodeDialString(destination(view, options))
  if (options.continueOnFail !== undefined) await setOne(view, 'continue_on_fail', options.continueOnFail)
  const event = await execute(view, 'bridge', target, options, (each, completed) => {
    if (completed) throw new CommandError('bridge', failure(each), uuid)
    return each.name === 'CHANNEL_BRIDGE'
  })
  const ended = receive(view.box, {
    matches: ({ name }: EslEvent) => name === 'CHANNEL_UNBRIDGE',
    what: 'CHANNEL_UNBRIDGE',
    from: hub.dropped + hub.items.lastIndexOf(event) + 1,
    takes: false,
  })
  return { uuid: event.get('Bridge-B-Unique-ID') ?? '', ended }
}

export const bridgeVerbs = {
  /**
   * Calls `dest` and bridges it to this session; resolves once they are bridged. Rejects with CommandError whose `reply`
   * is the cause (USER_BUSY, NO_ANSWER…) where they never are: the switch then hangs this session up with that cause,
   * unless the variable `continue_on_fail` is set to true.
   */
  bridge(this: View, options: BridgeOptions = {}): Promise<Bridge> {
    return outcome(this, 'bridge', bridgeNow(this, options))
  },
}
