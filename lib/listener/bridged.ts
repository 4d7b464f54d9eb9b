import type { EslEvent } from '../esl/event.ts'
import type { SessionState } from '../model/state.ts'
import type { Tables } from './tables.ts'

const part = (leg: SessionState): void => {
  const { bridgedTo } = leg
  leg.bridgedTo = undefined
  if (bridgedTo?.bridgedTo === leg) bridgedTo.bridgedTo = undefined
}

/**
 * Notes who is bridged to whom. The switch tells one of the two legs only, with the uuids of both
 * (`switch_ivr_multi_threaded_bridge` in `src/switch_ivr_bridge.c`).
 */
export const noteBridge = (
  { sessions }: Pick<Tables, 'sessions'>,
  state: SessionState,
  event: EslEvent,
): void => {
  const a = event.get('Bridge-A-Unique-ID')
  const b = event.get('Bridge-B-Unique-ID')
  const otherId = a === state.uuid ? b : (a ?? event.get('Other-Leg-Unique-ID'))
  const other = otherId === undefined ? undefined : sessions.get(otherId)
  if (event.name === 'CHANNEL_UNBRIDGE') {
    // One that is late must not part those who are bridged anew.
    if (state.bridgedTo === other || other === undefined) part(state)
    return
  }
  part(state)
  if (!other) return
  part(other)
  state.bridgedTo = other
  other.bridgedTo = state
}
