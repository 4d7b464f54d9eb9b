import { cloneProfile, logicalDirection, updateProfile } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { nextSequence } from '../events/emit.ts'
import { separate } from './separate.ts'
import { redirect } from './redirect.ts'
import { route, runActions } from './route.ts'
import { micros, partnerOf, type Switch } from '../core/switch.ts'
import type { State } from '../channel/states.ts'
import { enterState, readAsBefore } from '../channel/transitions.ts'
import { getVariable, pushVariable, setVariable, unsetVariable } from '../channel/variables.ts'

/** Where a call is sent; without a dialplan or a context, those that it has. */
export interface TransferTarget {
  readonly extension: string
  readonly dialplan?: string | undefined
  readonly context?: string | undefined
}

/** How often a call may be sent elsewhere. */
const MOST_FORWARDS = 70

const TRANSFERABLE: ReadonlySet<State> = new Set([
  'CS_EXECUTE',
  'CS_EXCHANGE_MEDIA',
  'CS_SOFT_EXECUTE',
  'CS_PARK',
])

/** A call that is not yet answered has no dialplan of its own to leave. */
export const canTransfer = (channel: Channel): boolean => TRANSFERABLE.has(channel.running)

/** The call's way through the dialplan begins anew, and is counted (`switch_channel_set_caller_profile`). */
const newProfile = (sw: Switch, channel: Channel, target: TransferTarget, source: string): void => {
  const { caller } = channel
  if (!caller) return
  const times = { ...caller.times, profile: micros(sw), bridged: 0, lastHold: 0, holdAccum: 0 }
  channel.caller = cloneProfile(caller, {
    times,
    index: String(Number(caller.index) + 1),
    logicalDirection: logicalDirection(channel),
    rdnis: caller.destination,
    destination: target.extension,
    dialplan: target.dialplan ?? '',
    context: target.context ?? '',
    transferSource: source,
  })
  channel.other = undefined
}

/** `inline`: the extension itself is the dialplan, `app:arg,app:arg` (`mod_dialplan_inline`). */
export const inlineActions = (extension: string): { app: string; arg: string }[] =>
  separate(extension, ',').map((action) => {
    const colon = action.indexOf(':')
    return colon < 0
      ? { app: action, arg: '' }
      : { app: action.slice(0, colon), arg: action.slice(colon + 1) }
  })

/** What is no number does not stand for one: the number before it comes back (same file). */
const restoreNumber = ({ caller }: Channel): void => {
  if (caller && caller.rdnis !== '') updateProfile(caller, { destination: caller.rdnis, rdnis: '' })
}

const enter = (sw: Switch, channel: Channel, extension: string, dialplan: string): void => {
  enterState(sw, channel, 'CS_ROUTING')
  // The dialplan hunt of a real switch uses up a number here.
  nextSequence(sw)
  const inline = /^inline$/i.test(dialplan)
  if (inline) restoreNumber(channel)
  if (inline) runActions(sw, channel, inlineActions(extension))
  else route(sw, channel)
}

/**
 * Sends a call through the dialplan anew: it is another's from now on, and what it runs ends with its next frame
 * (`switch_ivr_session_transfer` in `src/switch_ivr.c`).
 */
export const transfer = (sw: Switch, channel: Channel, target: TransferTarget): void => {
  const { caller } = channel
  const inline = /^inline$/i.test(caller?.dialplan ?? '')
  const dialplan = target.dialplan ?? (inline ? '' : caller?.dialplan)
  const named = dialplan === undefined || dialplan === '' ? 'XML' : dialplan
  const context = target.context ?? (caller?.context === '' ? undefined : caller?.context) ?? 'default'
  const forwards = Number(getVariable(channel, 'max_forwards') ?? MOST_FORWARDS + 1) - 1
  setVariable(channel, 'max_forwards', String(forwards))
  const { extension } = target
  const second = Math.floor(sw.clock.now() / 1000)
  const source = `${second}:${sw.random.uuid()}:bl_xfer:${extension}/${context}/${named}`
  const partner = partnerOf(sw, channel)
  for (const leg of partner ? [channel, partner] : [channel]) unsetVariable(leg, 'signal_bond')
  readAsBefore(sw, channel)
  newProfile(sw, channel, { extension, dialplan: named, context }, source)
  channel.state = 'CS_ROUTING'
  pushVariable(channel, 'transfer_history', source)
  setVariable(channel, 'transfer_source', source)
  redirect(sw, channel, () => enter(sw, channel, extension, named))
}
