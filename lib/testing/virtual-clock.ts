import type { Clock } from '../clock.ts'
import { createSteps } from './clock-steps.ts'
import { breathe } from './breathe.ts'
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
  /** When the next timer is due, background ones included; undefined where none is set. */
  readonly next: number | undefined
  /** Time does not move while `isBusy` returns true, which is asked every ms of the machine then. One at a time. */
  standStillWhile(isBusy: () => boolean): void
}

/** One turn of the event loop: every promise that can go on has gone on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** How many timers of one instant may fire in one turn of the event loop, before the machine gets its own. */
const MOST_IN_A_TURN = 1000

/** How long real work gets, in ms of the machine, before background timers go on without it. */
const PATIENCE = 100

/** When a wait is called a deadlock: so long (in ms of the machine) without any timer, or so many background timers. */
const DEADLOCK = 2000
const MOST_BACKGROUND_TIMERS = 2000

/** Makes a virtual clock that begins at `start`, milliseconds since the epoch. */
export const virtualClock = (start = Date.UTC(2026, 0, 1)): VirtualClock => {
  const timers = createTimerHeap()
  let now = start
  let inTurn = 0
  let isBusy = (): boolean => false
  /** To where the clock is being told to run, by each `advance` that has not come there: nothing is fired beyond. */
  const ends: number[] = []

  const fire = (timer: VirtualTimer): void => {
    timers.remove(timer)
    now = Math.max(now, timer.at)
    timer.fn()
  }

  /**
   * Fires timers one after the other for as long as `choose` names one, and lets promises go on after each; where the time
   * does not, that needs no turn of the event loop, which costs more. Rejects with what a timer throws.
   */
  const fireWhile = (choose: () => VirtualTimer | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const step = (): void => {
        const timer = choose()
        if (!timer) {
          resolve()
          return
        }
        if (timer.at > Math.min(...ends)) {
          afterTurn()
          return
        }
        if (timer.at > now && isBusy()) {
          setTimeout(step, 1)
          return
        }
        try {
          fire(timer)
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
          return
        }
        const next = timers.peek()
        if (next && next.at <= now && ++inTurn < MOST_IN_A_TURN) afterPromises()
        else {
          inTurn = 0
          afterTurn()
        }
      }
      const { afterPromises, afterTurn } = createSteps(step)
      afterTurn()
    })

  const advance = async (ms: number): Promise<void> => {
    const end = now + ms
    ends.push(end)
    try {
      const due = (): VirtualTimer | undefined => {
        const next = timers.peek()
        return next && next.at <= end ? next : undefined
      }
      await fireWhile(due)
      while (end > now && isBusy()) {
        await breathe()
        await fireWhile(due)
      }
      now = end
    } finally {
      ends.splice(ends.indexOf(end), 1)
    }
  }

  const anyForeground = (): VirtualTimer | undefined => (timers.foreground > 0 ? timers.peek() : undefined)

  /** Whether it settled; false where nothing is left that could make it. */
  const runUntil = async (wait: { readonly settled: boolean }): Promise<boolean> => {
    await turn()
    let idleSince = performance.now()
    for (let background = 0; !wait.settled && background < MOST_BACKGROUND_TIMERS;) {
      const idle = performance.now() - idleSince
      if ((timers.peek()?.at ?? Infinity) > now && isBusy()) {
        await breathe()
        idleSince = performance.now()
      } else if (timers.foreground > 0) {
        await fireWhile(() => (wait.settled ? undefined : anyForeground()))
        idleSince = performance.now()
        background = 0
      } else if (timers.peek() && idle > PATIENCE) {
        let fired = false
        await fireWhile(() => {
          const next = fired ? undefined : timers.peek()
          fired = true
          return next
        })
        background++
      } else if (idle > DEADLOCK) break
      else await breathe()
    }
    return wait.settled
  }

  async function run(): Promise<void>
  async function run<T>(until: Promise<T>): Promise<T>
  async function run<T>(until?: Promise<T>): Promise<T | undefined> {
    if (!until) {
      await fireWhile(anyForeground)
      while (isBusy()) {
        await breathe()
        await fireWhile(anyForeground)
      }
      return undefined
    }
    const wait = { settled: false }
    const done = (): void => {
      wait.settled = true
    }
    until.then(done, done)
    if (await runUntil(wait)) return until
    throw new Error('the virtual clock has nothing left to run, and what was waited for has not come')
  }

  return {
    virtual: true,
    now: () => now,
    setTimeout: (fn, ms, background = false) => timers.add(now + Math.max(0, ms), fn, background),
    clearTimeout: (timer) => {
      if (timer) timers.remove(timer as VirtualTimer)
    },
    advance,
    run,
    standStillWhile(isBusyNow) {
      isBusy = isBusyNow
    },
    get pending() {
      return timers.foreground
    },
    get next() {
      return timers.peek()?.at
    },
  }
}
