import type { Clock, TimerHandle } from '../clock.ts'
import type { Arrivals } from './arrivals.ts'

export interface Schedule {
  /** No more arrivals; what has been launched goes on. */
  stop(): void
  /** Resolves when there are no more arrivals. */
  readonly over: Promise<void>
}

/**
 * Calls `arrive` for each arrival when it is due. The schedule is absolute: one that comes late, because the machine was
 * busy, does not push back those after it. `arrive` gets the time it was wanted at, and stops the schedule with `false`.
 */
export const follow = (clock: Clock, arrivals: Arrivals, arrive: (dueAt: number) => boolean): Schedule => {
  const start = clock.now()
  const dues = arrivals[Symbol.iterator]()
  let timer: TimerHandle | undefined
  let end: () => void
  const over = new Promise<void>((resolve) => (end = resolve))

  const stop = (): void => {
    clock.clearTimeout(timer)
    dues.return?.()
    end()
  }

  const step = (due: IteratorResult<number, unknown>): void => {
    let next = due
    while (!next.done && start + next.value <= clock.now()) {
      if (!arrive(start + next.value)) {
        stop()
        return
      }
      next = dues.next()
    }
    if (next.done) {
      stop()
      return
    }
    const waiting = next
    timer = clock.setTimeout(() => step(waiting), start + waiting.value - clock.now())
  }

  timer = clock.setTimeout(() => step(dues.next()), 0)
  return { stop, over }
}
