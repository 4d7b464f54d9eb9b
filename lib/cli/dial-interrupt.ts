import type { Originator } from '../dial/originator.ts'
import { messageOf } from '../errors.ts'
import { onInterrupt, type Interrupt } from './interrupt.ts'

/** How far a run of `switchix dial` is. */
export type DialStage =
  /** The switches are connected to: nothing of them has been touched. */
  | 'opening'
  /** Apps are loaded, limits raised: what was begun has to be undone. */
  | 'preparing'
  | 'running'
  /** The summary is written; limits are put back and files closed. */
  | 'closing'

export interface DialInterruptOptions {
  readonly stage: () => DialStage
  readonly originator: () => Originator | undefined
  readonly say: (text: string) => void
  /** Writes the summary, whatever the run has come to. */
  readonly conclude: () => void
}

/**
 * What Ctrl-C does at each stage of a run: no more calls, then hang up, then leave at once. SIGTERM, SIGHUP and a closed output
 * hang up at once, for whoever sends them kills next.
 */
export const interruptDial = ({ stage, originator, say, conclude }: DialInterruptOptions): Interrupt => {
  const leave = (): never => {
    conclude()
    process.exit(interrupt.exitCode)
  }
  const first = (): void => {
    if (stage() === 'opening') leave()
    if (stage() === 'preparing') say('no calls; what was set up is taken down (Ctrl-C again leaves at once)')
    if (stage() !== 'running') return
    say('no more calls; those that are up end by themselves (Ctrl-C again hangs them up)')
    originator()?.stop()
  }
  const second = (): void => {
    if (stage() !== 'running') leave()
    say('hanging up (Ctrl-C again leaves at once)')
    originator()
      ?.hupall()
      .catch((error: unknown) => say(messageOf(error)))
  }
  // Calls that nobody follows any more are hung up; what is being taken down is left to that.
  const whenOutputCloses = (): number => ({ opening: 1, preparing: 1, running: 2, closing: 0 })[stage()]
  const interrupt = onInterrupt(first, second, leave, { impatient: true, whenOutputCloses })
  return interrupt
}
