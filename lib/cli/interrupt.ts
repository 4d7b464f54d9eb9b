/** Ctrl-C, and the wish of whoever runs us that we end. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Calls `first` on the first interruption, `second` on the second; a third ends the process. Gives how to stop that. */
export const onInterrupt = (
  first: () => void,
  second: () => void,
): { count: () => number; stop: () => void } => {
  let count = 0
  const listen = (): void => {
    count++
    if (count === 1) first()
    else if (count === 2) second()
    else process.exit(130)
  }
  for (const signal of SIGNALS) process.on(signal, listen)
  return {
    count: () => count,
    stop: () => {
      for (const signal of SIGNALS) process.off(signal, listen)
    },
  }
}
