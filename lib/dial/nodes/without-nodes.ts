import type { Clock, TimerHandle } from '../../clock.ts'
import type { DialNode } from './dial-nodes.ts'

/** How long a run goes on while all of its switches are away, in ms. */
const PATIENCE = 10_000

/**
 * Calls `stop` when no switch is left: at once where none of them will be back, else when they have all been away for 10 s.
 * Gives the function that stops listening.
 */
export const stopWithoutNodes = (
  nodes: readonly DialNode[],
  clock: Clock,
  stop: () => void,
): (() => void) => {
  let timer: TimerHandle | undefined

  const look = (): void => {
    clock.clearTimeout(timer)
    timer = undefined
    if (nodes.some(({ client }) => client.connected)) return
    if (nodes.every(({ client }) => client.state === 'closed')) stop()
    else timer = clock.setTimeout(stop, PATIENCE)
  }

  const listeners = nodes.map(({ client }) => client.onState(look))
  return () => {
    clock.clearTimeout(timer)
    for (const stopListening of listeners) stopListening()
  }
}
