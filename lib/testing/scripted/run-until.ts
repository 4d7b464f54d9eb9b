import { breathe } from '../breathe.ts'
import type { RealWork } from '../real-work.ts'
import type { VirtualClock } from '../virtual-clock.ts'

/** How long real work that belongs to no function of an app may take before time goes on, in ms of the machine. */
const GRACE = 1000

/**
 * Lets time go on until something is so, or until the time is up. While a function of the app is at real work time stands still;
 * where only background timers are left there may be work that we do not know of, which gets a second.
 */
export const runUntil = async (
  clock: VirtualClock,
  realWork: RealWork,
  isSo: () => boolean,
  until: number,
): Promise<void> => {
  await clock.advance(0)
  let idleSince = performance.now()
  while (!isSo() && clock.now() < until) {
    const { next = Infinity, pending } = clock
    if (realWork.underWay()) {
      await breathe()
      await clock.advance(0)
      idleSince = performance.now()
    } else if (pending > 0 && next <= until) {
      await clock.advance(next - clock.now())
      // A sum of fractions may fall short of the instant.
      if (clock.next === next) await clock.advance(0.001)
      idleSince = performance.now()
    } else if (performance.now() - idleSince < GRACE) await breathe()
    else await clock.advance(Math.min(next, until) - clock.now())
  }
}
