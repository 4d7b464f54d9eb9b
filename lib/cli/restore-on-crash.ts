import type { Originator } from '../dial/originator.ts'
import { EXIT, reportFailure } from './failure.ts'

/** How long the switches get to be put right before we go, in ms. */
const PATIENCE = 3000

/** Where something crashes that nobody catches: hangs up, puts the limits of the switches back, and goes. Gives the function that ends that. */
export const restoreOnCrash = (run: Originator): (() => void) => {
  const crashed = (error: unknown): void => {
    process.off('uncaughtException', crashed)
    reportFailure(error)
    setTimeout(() => process.exit(EXIT.failed), PATIENCE)
    const leave = (): never => process.exit(EXIT.failed)
    run.close().then(leave, leave)
  }
  process.on('uncaughtException', crashed)
  return () => void process.off('uncaughtException', crashed)
}
