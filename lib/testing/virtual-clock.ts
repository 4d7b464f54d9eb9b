import type { Clock } from '../clock.ts'
import { createTimerHeap, type VirtualTimer } from './timer-heap.ts'

/** A clock that stands still until it is told to run: an hour of calls takes as long as its computations do. */
export interface VirtualClock extends Clock {
  /** Runs everything that falls due within the next `ms` milliseconds; the clock then stands exactly there. */
  advance(ms: number): Promise<void>
  /**
   * Runs until `until` settles, and gives its result; without it, until no timer is left but background ones. Rejects
   * when `until` can no longer settle because nothing is left to run.
   */
  run(): Promise<void>
  run<T>(until: Promise<T>): Promise<T>
  /** How many timers are set, background ones left out. */
  readonly pending: number
}

/** One turn of the event loop: every promise that can go on has gone on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** How many turns real work (a file, a socket) gets before a wait with no timer left is called a deadlock. */
const IDLE_TURNS = 2000

/** Makes a virtual clock that begins at `start`, milliseconds since the epoch. */
export const virtualClock = (start = Date.UTC(2026, 0, 1)): VirtualClock => {
  const timers = createTimerHeap()
  let now = start

  const fire = (timer: VirtualTimer): void => {
    now = Math.max(now, timer.at)
    timer.fn()
  }

  const advance = async (ms: number): Promise<void> => {
    const end = now + ms
    await turn()
    for (let next = timers.peek(); next && next.at <= end; next = timers.peek()) {
      timers.remove(next)
      fire(next)
      await turn()
    }
    now = end
  }

  const runWhile = async (busy: () => boolean, idleTurns: number): Promise<void> => {
    await turn()
    for (let idle = 0; busy() && idle <= idleTurns; ) {
      const next = timers.peek()
      // Background timers alone may go on for ever: they count as idle turns.
      idle = timers.foreground > 0 ? 0 : idle + 1
      if (next) {
        timers.remove(next)
        fire(next)
      }
      await turn()
    }
  }

  async function run(): Promise<void>
  async function run<T>(until: Promise<T>): Promise<T>
  async function run<T>(until?: Promise<T>): Promise<T | undefined> {
    if (!until) {
      await runWhile(() => timers.foreground > 0, 0)
      return undefined
    }
    const wait = { settled: false as boolean }
    const done = (): void => {
      wait.settled = true
    }
    until.then(done, done)
    await runWhile(() => !wait.settled, IDLE_TURNS)
    if (!wait.settled) throw new Error('the virtual clock has nothing left to run, and what was waited for has not come')
    return until
  }

  return {
    now: () => now,
    setTimeout: (fn, ms, background = false) => timers.add(now + Math.max(0, ms), fn, background),
    clearTimeout: (timer) => {
      if (timer) timers.remove(timer as VirtualTimer)
    },
    advance,
    run,
    get pending() {
      return timers.foreground
    },
  }
}
