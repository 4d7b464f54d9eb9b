import { describe, expect, test } from 'vitest'
import { constant } from '../../lib/dial/arrivals.ts'
import { follow } from '../../lib/dial/schedule.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'

const take = (clock: VirtualClock, rate: number, count: number): { dues: number[]; over: Promise<void> } => {
  const start = clock.now()
  const dues: number[] = []
  const { over } = follow(clock, constant(rate), (dueAt) => dues.push(dueAt - start) < count)
  return { dues, over }
}

describe('constant arrivals', () => {
  test.each([0, -1, Number.NaN, Infinity])('a rate of %d is refused', (rate) => {
    expect(() => constant(rate)).toThrow(/more than 0 calls per second/)
  })
})

describe('a schedule', () => {
  test('is exact: the n-th arrival is due n/rate seconds after the start, after an hour too', async () => {
    const clock = virtualClock()
    const { dues, over } = take(clock, 30, 30 * 3600)
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
    const { over } = follow(late, constant(10), () => {
      came.push(Math.round(late.now() - start))
      if (came.length === 3) busyUntil = start + 550
      return came.length < 9
    })
    await clock.run(over)
    expect(came).toEqual([0, 100, 200, 550, 550, 550, 600, 700, 800])
  })

  test('leaves no timer behind when it is stopped', async () => {
    const clock = virtualClock()
    const schedule = follow(clock, constant(1), () => true)
    await clock.advance(2500)
    schedule.stop()
    await schedule.over
    expect(clock.pending).toBe(0)
  })
})
