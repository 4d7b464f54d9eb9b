import { EXIT } from './failure.ts'

/** Ctrl-C, and the wish of whoever runs us that we end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface Interrupt {
  /** How often we were interrupted. */
  readonly count: number
  /** As Ctrl-C, from a key. */
  press(): void
  /** Leaves the signals to Node again. */
  stop(): void
}

/**
 * Calls `first` on the first interruption, `second` on the second; a third, or a later one, calls `last`. `impatient`:
 * SIGTERM and SIGHUP are the first and the second at once, for whoever sends them will not wait for calls to end.
 */
export const onInterrupt = (
  first: () => void,
  second: () => void,
  last: () => void,
  { impatient = false }: { readonly impatient?: boolean } = {},
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
  return {
    get count() {
      return count
    },
    press,
    stop() {
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
