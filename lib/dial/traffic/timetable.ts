import type { Random } from '../random.ts'
import { constant } from './rates.ts'
import type { Segment } from './segment.ts'
import type { Traffic } from './traffic.ts'

/** What comes next: an arrival, or the end, at so many milliseconds from the start; Infinity: not at this rate. */
export interface Due {
  readonly at: number
  readonly end: boolean
}

/** The arrivals of a run, as times. */
export interface Timetable {
  next(): Promise<Due>
  /** The arrival that `next` told of, at that time, has happened. */
  pass(at: number): void
  /** The rate at that time, NaN where the traffic does not tell. */
  rateAt(ms: number): number
  /** From that time on, so many times the calls. */
  rescale(ms: number, scale: number): void
  readonly scale: number
  close(): void
}

/** Less than this of a call is rounding, not a call. */
const ROUNDING = 1e-9

/**
 * Turns gaps, which are counted in calls, into times: an arrival is due when the integral of the rate has grown by its
 * gap. The count goes on from one fixed point, not from arrival to arrival, so no rounding adds up.
 */
export const createTimetable = (traffic: Traffic, random: Random, firstScale: number): Timetable => {
  const segments = (traffic.rates ?? constant(1))[Symbol.asyncIterator]()
  const gaps = traffic.gaps(random)[Symbol.asyncIterator]()
  /** Those that have been drawn and are not over; the first began at `start`, and `owed` counts from `from` within it. */
  const ahead: Segment[] = []
  let start = 0
  let from = 0
  let owed = 0
  let scale = firstScale
  let gapDrawn = false
  let over = false

  const segmentAt = async (index: number): Promise<Segment | undefined> => {
    const known = ahead[index]
    if (known) return known
    const drawn = await segments.next()
    if (drawn.done === true) return undefined
    ahead.push(drawn.value)
    return drawn.value
  }

  const callsLeft = (segment: Segment, since: number): number =>
    scale === 0 ? 0 : scale * (segment.expected(segment.ms) - segment.expected(since))

  /** Forgets the segments that are over by then. */
  const leaveUntil = (ms: number): void => {
    for (let [first] = ahead; first && ms >= start + first.ms; [first] = ahead) {
      owed -= callsLeft(first, from)
      start += first.ms
      from = 0
      ahead.shift()
    }
  }

  const drawGap = async (): Promise<void> => {
    if (gapDrawn) return
    gapDrawn = true
    const drawn = await gaps.next()
    if (drawn.done === true) over = true
    else owed += drawn.value
  }

  const next = async (): Promise<Due> => {
    await drawGap()
    let [begins, since, calls] = [start, from, owed]
    for (let i = 0; ; i++) {
      const segment = over ? undefined : await segmentAt(i)
      if (!segment) return { at: over ? 0 : begins, end: true }
      const left = callsLeft(segment, since)
      if (calls < left - ROUNDING)
        return { at: begins + segment.when(segment.expected(since) + calls / scale), end: false }
      if (segment.ms === Infinity) return { at: Infinity, end: false }
      calls = Math.max(0, calls - left)
      begins += segment.ms
      since = 0
    }
  }

  return {
    next,
    pass(at) {
      gapDrawn = false
      leaveUntil(at)
    },
    rateAt(ms) {
      let begins = start
      for (const segment of ahead) {
        if (ms < begins + segment.ms) return scale * segment.rate(Math.max(0, ms - begins))
        begins += segment.ms
      }
      return 0
    },
    rescale(ms, value) {
      leaveUntil(ms)
      const [first] = ahead
      if (first) {
        const at = Math.max(from, ms - start)
        owed -= scale === 0 ? 0 : scale * (first.expected(at) - first.expected(from))
        from = at
      }
      scale = value
    },
    get scale() {
      return scale
    },
    close() {
      void segments.return?.()
      void gaps.return?.()
    },
  }
}
