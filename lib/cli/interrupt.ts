import { EXIT } from './failure.ts'
import { onOutputClosed } from './output-closed.ts'

/** Ctrl-C, and the wish of whoever runs us that we end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface Interrupt {
  /** How often we were interrupted. */
  readonly count: number
  /** That of an interruption, or of an output that was closed. */
  readonly exitCode: number
  /** As Ctrl-C, from a key. */
  press(): void
  /** Leaves the signals to Node again. */
  stop(): void
}

/**
 * Calls `first` on the first interruption, `second` on the second; a third, or a later one, calls `last`. `impatient`:
 * SIGTERM and SIGHUP are the first and the second at once, for whoever sends them will not wait for calls to end. A closed output
 * (`| head`) counts as so many interruptions: by default one.
 */
export const onInterrupt = (
  first: () => void,
  second: () => void,
  last: () => void,
  {
    impatient = false,
    whenOutputCloses = () => 1,
  }: { readonly impatient?: boolean; readonly whenOutputCloses?: () => number } = {},
): Interrupt => {
  let count = 0
  const press = (): void => {
    count++
    if (count === 1) first()
    else if (count === 2) second()
    else last()
  }
  const signalled = (signal: NodeJS.Signals): void => {
    if (impatient && signal !== 'SIGINT' && count === 0) press()
    press()
  }
  for (const signal of SIGNALS) process.on(signal, signalled)
  let exitCode: number = EXIT.interrupted
  const stopListening = onOutputClosed(() => {
    const times = whenOutputCloses()
    if (count === 0 && times > 0) exitCode = EXIT.outputClosed
    for (let i = 0; i < times; i++) press()
  })
  return {
    get count() {
      return count
    },
    get exitCode() {
      return exitCode
    },
    press,
    stop() {
      stopListening()
      for (const signal of SIGNALS) process.off(signal, signalled)
    },
  }
}

/** Resolves `first` on the first interruption; the second ends the process at once. */
export const untilInterrupted = (): { readonly first: Promise<void>; readonly interrupt: Interrupt } => {
  let interrupted = (): void => undefined
  const first = new Promise<void>((resolve) => (interrupted = resolve))
  const endNow = (): never => process.exit(EXIT.interrupted)
  return { first, interrupt: onInterrupt(() => interrupted(), endNow, endNow) }
}
