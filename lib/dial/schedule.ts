import type { Clock, TimerHandle } from '../clock.ts'
import type { Due, Timetable } from './traffic/timetable.ts'

/** Arrivals as time goes by. */
export interface Schedule {
  /** No more arrivals; what has been launched goes on. */
  stop(): void
  /** The time of the schedule stands still until `resume`; no arrival is made up for. */
  pause(): void
  resume(): void
  readonly paused: boolean
  /** From now on, so many times the calls. */
  rescale(scale: number): void
  readonly scale: number
  /** Calls per second that are wanted now; NaN where the traffic does not tell. */
  readonly rate: number
  /** Resolves when there are no more arrivals; rejects where drawing them failed. */
  readonly over: Promise<void>
}

/** How many arrivals that are late may be made in one turn: reading what the switch says must go on between them. */
const MOST_IN_A_TURN = 64

/**
 * Calls `arrive` for each arrival when it is due. The schedule is absolute: one that comes late, because the machine was
 * busy, does not push back those after it. `arrive` gets the time it was wanted at, and stops the schedule with `false`.
 * Ends after `until` milliseconds of its own time.
 */
export const follow = (
  clock: Clock,
  timetable: Timetable,
  arrive: (dueAt: number) => boolean,
  until = Infinity,
): Schedule => {
  /** When the schedule's own time was 0; pauses move it. */
  let start = clock.now()
  let pausedAt: number | undefined
  let timer: TimerHandle | undefined
  let stopped = false
  /** Counts the plans, so that one that was overtaken while it drew its arrival does nothing. */
  let plans = 0
  let inTurn = 0
  let end: () => void
  let fail: (error: unknown) => void
  const over = new Promise<void>((resolve, reject) => {
    end = resolve
    fail = reject
  })

  const now = (): number => (pausedAt ?? clock.now()) - start

  const stop = (error?: unknown): void => {
    if (stopped) return
    stopped = true
    plans++
    clock.clearTimeout(timer)
    timetable.close()
    if (error === undefined) end()
    else fail(error)
  }

  const happen = (due: Due): void => {
    timetable.pass(due.at)
    if (due.end || due.at >= until || !arrive(start + due.at)) stop()
    else plan()
  }

  const waitFor = (due: Due): void => {
    // Compared as the clock tells it: of a difference of two such times the last digits mean nothing.
    const at = start + Math.min(due.at, until)
    const early = at > clock.now()
    if (early || ++inTurn > MOST_IN_A_TURN) {
      inTurn = 0
      // A timer may fire a moment early.
      if (at < Infinity) timer = clock.setTimeout(() => waitFor(due), at - clock.now())
    } else happen(due)
  }

  const plan = (): void => {
    const own = ++plans
    clock.clearTimeout(timer)
    timetable.next().then((due) => {
      if (own === plans && pausedAt === undefined) waitFor(due)
    }, stop)
  }

  timer = clock.setTimeout(plan, 0)
  return {
    stop: () => stop(),
    pause() {
      if (pausedAt !== undefined || stopped) return
      pausedAt = clock.now()
      plans++
      clock.clearTimeout(timer)
    },
    resume() {
      if (pausedAt === undefined || stopped) return
      start += clock.now() - pausedAt
      pausedAt = undefined
      plan()
    },
    get paused() {
      return pausedAt !== undefined
    },
    rescale(scale) {
      timetable.rescale(now(), scale)
      if (pausedAt === undefined && !stopped) plan()
    },
    get scale() {
      return timetable.scale
    },
    get rate() {
      return timetable.rateAt(now())
    },
    over,
  }
}
