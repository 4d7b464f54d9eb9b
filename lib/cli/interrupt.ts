/** Ctrl-C, and the wish of whoever runs us that we end. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export interface Interrupt {
  /** How often we were interrupted. */
  readonly count: number
  /** Leaves the signals to Node again. */
  stop(): void
}

/** Calls `first` on the first interruption, `second` on the second; a third ends the process there and then. */
export const onInterrupt = (first: () => void, second: () => void): Interrupt => {
  let count = 0
  const listen = (): void => {
    count++
    if (count === 1) first()
    else if (count === 2) second()
    else process.exit(130)
  }
  for (const signal of SIGNALS) process.on(signal, listen)
  return {
    get count() {
      return count
    },
    stop() {
      for (const signal of SIGNALS) process.off(signal, listen)
    },
  }
}
