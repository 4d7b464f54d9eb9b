import type { Originator } from '../dial/originator.ts'
import { EXIT, reportFailure } from './failure.ts'

/** How long the switches get to be put right before we go, in ms. */
const PATIENCE = 5000

/**
 * Where something crashes that nobody catches: writes the summary, hangs up, puts the limits of the switches back, and goes.
 * Gives the function that ends that.
 */
export const restoreOnCrash = (run: Originator, conclude: (error: unknown) => void): (() => void) => {
  const leave = (): never => process.exit(EXIT.failed)
  /** What fails on top of it must not keep the rest from being done. */
  const crashedAgain = (): void => undefined
  const crashed = (error: unknown): void => {
    process.off('uncaughtException', crashed)
    process.on('uncaughtException', crashedAgain)
    reportFailure(error)
    setTimeout(leave, PATIENCE)
    try {
      conclude(error)
    } catch (another) {
      reportFailure(another)
    }
    run.close().then(leave, leave)
  }
  process.on('uncaughtException', crashed)
  return () => void process.off('uncaughtException', crashed)
}
