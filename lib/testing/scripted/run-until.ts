import type { VirtualClock } from '../virtual-clock.ts'

/** How long real work (a file, a socket), which no timer stands for, may take before time goes on, in ms of the machine. */
const GRACE = 1000

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))

/**
 * Lets time go on until something is so, or until the time is up. Where only background timers are left the app may be at
 * real work: that gets its time first.
 */
export const runUntil = async (clock: VirtualClock, isSo: () => boolean, until: number): Promise<void> => {
  await clock.advance(0)
  let idleSince = performance.now()
  while (!isSo() && clock.now() < until) {
    const { next = Infinity, pending } = clock
    if (pending > 0 && next <= until) {
      await clock.advance(next - clock.now())
      // A sum of fractions may fall short of the instant.
      if (clock.next === next) await clock.advance(0.001)
      idleSince = performance.now()
    } else if (performance.now() - idleSince < GRACE) await breathe()
    else await clock.advance(Math.min(next, until) - clock.now())
  }
}
