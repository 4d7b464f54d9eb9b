import { systemClock, type Clock, type TimerHandle } from '../../clock.ts'
import { createLatency, type LatencySummary } from '../../measure/latency.ts'

/** How late the event loop gets to what is due. */
export interface LoopDelay {
  stop(): void
  summary(): LatencySummary
  /**
   * How much of that lateness, from 0 to 1, was time in which this process did not run: the machine gave the processor to others.
   * Null where it was hardly late.
   */
  readonly machineShare: number | null
  /** When it last looked but one, by the clock: what had come by then has been read since. -Infinity before. */
  readonly readAllAt: number
}

/** How often it looks, in ms. Each look wakes a process that may have nothing else to do. */
const RESOLUTION = 20

/** Looks that are no later than this (ms) say nothing of why; nor do all of them, if they come to less than that. */
const [LATE, ENOUGH] = [20, 100]

/** CPU time of this process in all, in ms. */
const cpuTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Measures by a timer of our own: what Node has for it reads 0 in Bun and Deno. `cpu` returns the CPU time of this process, in ms: while
 * it was late the process either ran, or was not let run.
 */
export const measureLoopDelay = (clock: Clock = systemClock, cpu: () => number = cpuTime): LoopDelay => {
  const delays = createLatency()
  let [late, notRunning] = [0, 0]
  let [before, last, used] = [-Infinity, clock.now(), cpu()]
  let timer: TimerHandle | undefined

  const look = (): void => {
    const now = clock.now()
    const total = cpu()
    const delay = Math.max(0, now - last - RESOLUTION)
    delays.record(delay)
    if (delay > LATE) {
      late += delay
      notRunning += Math.max(0, delay - (total - used))
    }
    ;[before, last, used] = [last, now, total]
    timer = clock.setTimeout(look, RESOLUTION, true)
  }
  timer = clock.setTimeout(look, RESOLUTION, true)

  return {
    stop: () => clock.clearTimeout(timer),
    summary: () => delays.summary(),
    get machineShare() {
      return late < ENOUGH ? null : notRunning / late
    },
    get readAllAt() {
      return before
    },
  }
}
