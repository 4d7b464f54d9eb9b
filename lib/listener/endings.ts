import type { TimerHandle } from '../clock.ts'
import type { EslEvent } from '../esl/event.ts'
import type { Node } from '../model/node.ts'
import type { SessionState } from '../model/state.ts'

/** Knows when a session is over. */
export interface Endings {
  /** Whether nothing more comes of the session after this event. */
  isLast(state: SessionState, event: EslEvent): boolean
  /** Gives up waiting for the events of any session. */
  clear(): void
}

/** How long an event that belongs before CHANNEL_DESTROY may come after it, in ms. */
const GRACE = 200

const isMissing = ({ hub: { items } }: SessionState): boolean =>
  items.some(({ name }) => name === 'CHANNEL_HANGUP') &&
  !items.some(({ name }) => name === 'CHANNEL_HANGUP_COMPLETE')

/**
 * A channel's last event is CHANNEL_DESTROY. But CHANNEL_HANGUP_COMPLETE, which comes before it, can be overtaken, so a
 * session that lacks it is kept for a moment where somebody has subscribed to it; a channel that was refused never sends
 * one. `late` is called for those whose moment has passed.
 */
export const createEndings = (node: Node, late: (state: SessionState) => void): Endings => {
  const waiting = new Map<SessionState, TimerHandle>()

  const stopWaiting = (state: SessionState): boolean => {
    node.clock.clearTimeout(waiting.get(state))
    return waiting.delete(state)
  }

  return {
    isLast(state, event) {
      if (event.name === 'CHANNEL_HANGUP_COMPLETE') return stopWaiting(state)
      if (event.name !== 'CHANNEL_DESTROY') return false
      if (!node.hasAskedFor('CHANNEL_HANGUP_COMPLETE') || !isMissing(state)) return true
      const giveUp = (): void => {
        waiting.delete(state)
        late(state)
      }
      waiting.set(state, node.clock.setTimeout(giveUp, GRACE))
      return false
    },
    clear() {
      for (const state of [...waiting.keys()]) stopWaiting(state)
    },
  }
}
