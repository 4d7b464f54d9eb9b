const RESOLVED = Promise.resolve()

/**
 * Calls `fn` again and again, with whatever time its caller chooses in between, and makes nothing anew for it: an hour of
 * load has millions of timers.
 */
export const createSteps = (fn: () => void) => {
  const untilTicks = (): void => process.nextTick(fn)
  const untilPromises = (): void => void RESOLVED.then(untilTicks)
  const untilTheirTicks = (): void => process.nextTick(untilPromises)
  return {
    /**
     * When every promise that can go on has gone on, within this turn of the event loop: Node empties the queue of promises
     * before it looks for another tick. Twice, for a tick that is not ours may set off promises too.
     */
    afterPromises: (): void => void RESOLVED.then(untilTheirTicks),
    afterTurn: (): void => void setImmediate(fn),
  }
}
