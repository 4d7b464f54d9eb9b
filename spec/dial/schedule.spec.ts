import { describe, expect, test } from 'vitest'
import { createRandom } from '../../lib/dial/random.ts'
import { follow, type Schedule } from '../../lib/dial/schedule.ts'
import { constant, sequence, stages, steps } from '../../lib/dial/traffic/rates.ts'
import { createTimetable } from '../../lib/dial/traffic/timetable.ts'
import { evenly, poisson, replayOf, type Traffic } from '../../lib/dial/traffic/traffic.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'

interface Following extends Schedule {
  /** When arrivals were due, from the start. */
  readonly dues: readonly number[]
}

interface Wanted {
  readonly count?: number
  readonly until?: number
  readonly scale?: number
}

const table = (traffic: Traffic, scale = 1) => createTimetable(traffic, createRandom(1), scale)

const following = (clock: VirtualClock, traffic: Traffic, wanted: Wanted = {}): Following => {
  const { count = Infinity, until, scale = 1 } = wanted
  const start = clock.now()
  const dues: number[] = []
  const arrive = (dueAt: number): boolean => dues.push(dueAt - start) < count
  return Object.assign(follow(clock, table(traffic, scale), arrive, until), { dues })
}

const rounded = (times: readonly number[]): number[] => times.map((time) => Math.round(time * 1000) / 1000)

describe('a schedule', () => {
  test('is exact: the n-th arrival is due n/rate seconds after the start, after an hour too', async () => {
    const clock = virtualClock()
    const { dues, over } = following(clock, evenly(constant(30)), { count: 30 * 3600 })
    await clock.run(over)
    expect(dues).toHaveLength(108_000)
    expect(dues.every((due, n) => Math.abs(due - (n * 1000) / 30) < 0.001)).toBe(true)
  }, 30_000)

  test('does not drift when the machine was busy: what was missed comes at once, the rest on time', async () => {
    const clock = virtualClock()
    const start = clock.now()
    const came: number[] = []
    let busyUntil = 0
    const late = { ...clock, now: () => Math.max(clock.now(), busyUntil) }
    const { over } = follow(late, table(evenly(constant(10))), () => {
      came.push(Math.round(late.now() - start))
      if (came.length === 3) busyUntil = start + 550
      return came.length < 9
    })
    await clock.run(over)
    expect(came).toEqual([0, 100, 200, 550, 550, 550, 600, 700, 800])
  })

  test('lets the machine breathe however far it is behind', async () => {
    const clock = virtualClock()
    const schedule = following(clock, evenly(constant(1e9)))
    await clock.advance(1)
    schedule.stop()
    await schedule.over
    expect(schedule.dues.length).toBeGreaterThan(10)
  })

  test('ends when it was told to, having offered rate × time arrivals', async () => {
    const clock = virtualClock()
    const start = clock.now()
    const { dues, over } = following(clock, evenly(constant(40)), { until: 2510 })
    await clock.run(over)
    expect([dues.length, clock.now() - start]).toEqual([101, 2510])
  })

  test('ends with its last stage, and not with its last arrival', async () => {
    const clock = virtualClock()
    const start = clock.now()
    const { dues, over } = following(clock, evenly(steps([1000, 2], [5000, 0])))
    await clock.run(over)
    expect(rounded(dues)).toEqual([0, 500])
    expect(clock.now() - start).toBe(6000)
  })

  test('stands still while it is paused, and goes on where it was', async () => {
    const clock = virtualClock()
    const schedule = following(clock, evenly(constant(10)), { count: 5 })
    await clock.advance(150)
    schedule.pause()
    expect(schedule.paused).toBe(true)
    await clock.advance(10_000)
    schedule.resume()
    await clock.run(schedule.over)
    expect(rounded(schedule.dues)).toEqual([0, 100, 10_200, 10_300, 10_400])
  })

  test('takes another rate at once, with the part of the gap that has passed counted', async () => {
    const clock = virtualClock()
    const schedule = following(clock, evenly(constant(1)), { count: 4 })
    await clock.advance(1500)
    // Half a call has passed; the other half takes 50 ms at ten calls a second.
    schedule.rescale(10)
    expect(schedule.rate).toBe(10)
    await clock.run(schedule.over)
    expect(rounded(schedule.dues)).toEqual([0, 1000, 1550, 1650])
  })

  test('at rate 0 waits, without a timer, for a rate', async () => {
    const clock = virtualClock()
    const schedule = following(clock, evenly(), { count: 2, scale: 0 })
    await clock.advance(60_000)
    expect([schedule.dues, clock.pending, schedule.rate]).toEqual([[], 0, 0])
    schedule.rescale(2)
    await clock.run(schedule.over)
    expect(rounded(schedule.dues)).toEqual([60_000, 60_500])
  })

  test('takes another rate in the middle of its stages, whose ends stay where they are', async () => {
    const clock = virtualClock()
    const start = clock.now()
    const schedule = following(clock, evenly(steps([2000, 1], [2000, 0.1], [1000, 4])))
    await clock.advance(3000)
    schedule.rescale(2)
    await clock.run(schedule.over)
    // By 3 s 2.1 calls were expected, by 4 s 2.3: the third arrival is the last stage's, at 8 calls/s.
    expect(rounded(schedule.dues).slice(0, 4)).toEqual([0, 1000, 2000, 4000 + 87.5])
    expect(clock.now() - start).toBe(5000)
  })

  test('leaves no timer behind when it is stopped', async () => {
    const clock = virtualClock()
    const schedule = following(clock, evenly(constant(1)))
    await clock.advance(2500)
    schedule.stop()
    await schedule.over
    expect(clock.pending).toBe(0)
  })

  test('fails where its arrivals cannot be drawn', async () => {
    const clock = virtualClock()
    const { over } = following(clock, replayOf([0, 20, 10]))
    await expect(clock.run(over)).rejects.toThrow(/rising from 0 on, got 10 after 20/)
  })
})

describe('in virtual time each model', () => {
  const exact = async (traffic: Traffic, until?: number): Promise<readonly number[]> => {
    const clock = virtualClock()
    const { dues, over } = following(clock, traffic, until === undefined ? {} : { until })
    await clock.run(over)
    return dues
  }

  test('happens when it is drawn: what comes of following is what the timetable says', async () => {
    for (const traffic of [
      evenly(stages([[1000, 50], [2000, 50], [500, 0]])), // prettier-ignore
      poisson(sequence(constant(20, 1000), constant(0, 500), constant(80, 1000))),
      replayOf([0, 5, 5, 90, 1000]),
    ]) {
      const drawn: number[] = []
      const times = table(traffic)
      for (let due = await times.next(); !due.end; due = await times.next()) {
        drawn.push(due.at)
        times.pass(due.at)
      }
      expect(drawn.length).toBeGreaterThan(4)
      const dues = await exact(traffic)
      expect(dues).toHaveLength(drawn.length)
      dues.forEach((due, i) => expect(due).toBeCloseTo(drawn[i] ?? 0, 2))
    }
  })
})
