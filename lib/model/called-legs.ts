import { isPending, type Execution } from './executions.ts'
import { latestHeader, type SessionState } from './state.ts'

const ignore = (): void => undefined

/** The variable that says which leg an enterprise originate is for (`switch_ivr_enterprise_originate`). */
export const DIALLING_VARIABLE = 'ent_originate_aleg_uuid'

/** By whom a leg was dialled (`switch_ivr_originate`): as the first events say, and the variable for good. */
const dialledBy = (leg: SessionState): string | undefined =>
  latestHeader(leg, 'variable_originating_leg_uuid') ??
  latestHeader(leg, `variable_${DIALLING_VARIABLE}`) ??
  latestHeader(leg, 'Other-Leg-Unique-ID')

const hangUp = ({ uuid, node }: SessionState): void =>
  void node.commands.api(`uuid_kill ${uuid} ORIGINATOR_CANCEL`).catch(ignore)

/** Those that were told to hang up, but have not yet. */
const told = new WeakSet<SessionState>()

/**
 * Hangs up the legs that this one has had dialled and that nobody is bridged to, and those that its bridge dials next, until
 * that is complete. With that cause the switch lets the dialling leg go on, unless its `continue_on_fail` says otherwise
 * (`switch_channel_handle_cause` in `src/switch_channel.c`).
 */
export const hangUpCalled = (state: SessionState, bridge: Execution): void => {
  const { call } = state
  if (!call) return
  const hangUpAll = (): void => {
    if (!isPending(state, bridge) || state.ended) {
      if (call.onLeg === hangUpAll) call.onLeg = undefined
      return
    }
    for (const leg of call.legs.slice(bridge.legsBefore)) {
      if (leg.direction !== 'outbound' || leg.hungup || leg.bridgedTo || told.has(leg)) continue
      if (leg === state || dialledBy(leg) !== state.uuid) continue
      told.add(leg)
      hangUp(leg)
    }
  }
  call.onLeg = hangUpAll
  hangUpAll()
}
