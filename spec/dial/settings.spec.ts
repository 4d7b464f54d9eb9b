import { describe, expect, test } from 'vitest'
import { exponential, inTurn, lognormal } from '../../lib/dial/hold.ts'
import { createRandom } from '../../lib/dial/random.ts'
import { stages } from '../../lib/dial/traffic/rates.ts'
import { evenly, replayOf } from '../../lib/dial/traffic/traffic.ts'
import type { LoadSettings } from '../../lib/app/app.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { createBench } from './on-embedded-switch.ts'

const launchesOf = (cdrs: readonly { job_launch_ms: number }[], start: number): number[] =>
  cdrs.map(({ job_launch_ms: at }) => Math.round(at - start)).sort((a, b) => a - b)

describe('while it runs', () => {
  test('a rate that is changed holds at once', async () => {
    const { clock, cdrs, dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 10, maxOffered: 25, duration: 100 })
    const start = clock.now()
    const running = run(originator)
    await clock.advance(950)
    expect(originator.settings.rate).toBe(10)
    originator.set({ rate: 100 })
    await running
    const launches = launchesOf(cdrs, start)
    expect(launches.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, n) => n * 100))
    // Half a gap had passed.
    expect(launches.slice(10)).toEqual(Array.from({ length: 15 }, (_, n) => 955 + n * 10))
    await close()
  })

  test('a rate of 0 places nothing, and keeps nobody waiting once it is changed', async () => {
    const { clock, cdrs, dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 0, maxOffered: 3, duration: 100 })
    const start = clock.now()
    const running = run(originator)
    await clock.advance(60_000)
    expect(originator.progress()).toMatchObject({ offered: 0, rate: 0 })
    originator.set({ rate: 10 })
    await running
    expect(launchesOf(cdrs, start)).toEqual([60_000, 60_100, 60_200])
    await close()
  })

  test('the rates of stages are scaled, and a rate that is not there cannot be', async () => {
    const { clock, dialer, run, close } = await createBench()
    const originator = await dialer({ traffic: evenly(stages([[10_000, 4], [10_000, 0]])), duration: 100 }) // prettier-ignore
    const running = run(originator)
    await clock.advance(5000)
    expect(originator.settings.rate).toBeCloseTo(2)
    originator.set({ rate: 6 })
    await clock.advance(2500)
    expect(originator.settings.rate).toBeCloseTo(9)
    await running
    expect(originator.summary()).toMatchObject({ offered: 5 + 35 * 3 })
    expect(() => originator.set({ rate: 5 })).toThrow(/no rate at this time/)
    await close()
  })

  test('the rate of arrivals that a generator makes is not known, and cannot be changed', async () => {
    const { clock, dialer, run, close } = await createBench()
    const times = async function* (): AsyncGenerator<number> {
      for (let i = 0; i < 3; i++) yield await Promise.resolve(i * 1000)
    }
    const originator = await dialer({ traffic: replayOf(times()), duration: 100 })
    const running = run(originator)
    await clock.advance(500)
    expect(originator.progress().rate).toBeNull()
    expect(() => originator.set({ rate: 5 })).toThrow(/does not tell its rate/)
    await running
    await close()
  })

  test('a limit lowered under the calls running drops arrivals until they have ended; it hangs nobody up', async () => {
    const { clock, dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 10, limit: 20, maxOffered: 60, duration: 2500 })
    const running = run(originator)
    await clock.advance(1950)
    expect(originator.progress().active).toBe(20)
    originator.set({ limit: 5 })
    await clock.advance(500)
    expect(originator.progress()).toMatchObject({ active: 20, dropped: 5, droppedBy: { limit: 5 } })
    await clock.advance(2000)
    expect(originator.progress().active).toBeLessThanOrEqual(5)
    await running
    const { causes, answered, launched, dropped } = originator.summary()
    expect(causes).toEqual({ NORMAL_CLEARING: launched })
    expect([answered, launched + dropped]).toEqual([launched, 60])
    await close()
  })

  test('maxOffered ends the run also where it is put below what was offered', async () => {
    const { clock, dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 10, duration: 100 })
    const running = run(originator)
    await clock.advance(1950)
    originator.set({ maxOffered: 5 })
    await running
    expect(originator.summary().offered).toBe(20)
    await close()
  })

  test('maxOffered that is reached: not one more is offered', async () => {
    const { dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 1000, maxOffered: 777, duration: 100 })
    await run(originator)
    expect(originator.summary()).toMatchObject({ offered: 777, launched: 777, answered: 777 })
    await close()
  })

  test('pause places nothing; resume goes on, and makes up for nothing', async () => {
    const { clock, cdrs, dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 10, maxOffered: 4, duration: 100 })
    const start = clock.now()
    const running = run(originator)
    await clock.advance(150)
    originator.pause()
    expect([originator.paused, originator.state]).toEqual([true, 'ORIGINATING'])
    await clock.advance(5000)
    originator.resume()
    await running
    expect(launchesOf(cdrs, start)).toEqual([0, 100, 5200, 5300])
    await close()
  })

  test('nothing is changed by settings of which one makes no sense', async () => {
    const { dialer, close } = await createBench()
    const originator = await dialer({ rate: 10, limit: 7 })
    expect(() => originator.set({ rate: 20, limit: 0 })).toThrow(/limit of at least 1/)
    expect(() => originator.set({ weights: { Nobody: 1 } })).toThrow(/no app "Nobody".*there are TonePlay/)
    expect(originator.settings).toMatchObject({ rate: 10, limit: 7 })
    await close()
  })

  test('the apps learn of the load, before the first call and at each change', async () => {
    const { clock, dialer, run, close } = await createBench()
    const told: LoadSettings[] = []
    const app: ClientApp = {
      name: 'Listens',
      on: { CHANNEL_PARK: (sess) => sess.answer() },
      settings: (settings) => told.push(settings),
    }
    const originator = await dialer({ app, rate: 10, limit: 50, maxOffered: 5 })
    const running = run(originator)
    await clock.advance(10)
    originator.set({ rate: 25 })
    originator.set({ duration: exponential(1000) })
    await running
    expect(told).toEqual([
      { rate: 10, limit: 50, maxOffered: 5, duration: 4900 },
      { rate: 25, limit: 50, maxOffered: 5, duration: 1900 },
      { rate: 25, limit: 50, maxOffered: 5, duration: 1000 },
    ])
    await clock.run(originator.close())
    await close()
  })

  test('the weights of the apps are kept exactly, and can be changed', async () => {
    const { clock, cdrs, dialer, run, close } = await createBench()
    const named = (name: string): ClientApp => ({ name, on: { CHANNEL_PARK: (sess) => sess.answer() } })
    const originator = await dialer({
      apps: [
        [named('A'), 1],
        [named('B'), 3],
      ],
      rate: 10,
      maxOffered: 80,
      duration: 50,
    })
    const running = run(originator)
    await clock.advance(3950)
    expect(originator.settings.weights).toEqual({ A: 1, B: 3 })
    originator.set({ weights: { B: 0 } })
    await running
    const shares = (rows: typeof cdrs): number[] =>
      ['A', 'B'].map((name) => rows.filter(({ app }) => app === name).length)
    const byLaunch = [...cdrs].sort((a, b) => a.job_launch_ms - b.job_launch_ms)
    expect([shares(byLaunch.slice(0, 40)), shares(byLaunch.slice(40))]).toEqual([
      [10, 30],
      [40, 0],
    ])
    await clock.run(originator.close())
    await close()
  })
})

describe('hold times', () => {
  const drawn = (times: { draw(random: () => number): number }, count = 20_000): number[] => {
    const random = createRandom(3)
    return Array.from({ length: count }, () => times.draw(random))
  }
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const deviationOf = (values: readonly number[]): number => {
    const mean = meanOf(values)
    return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
  }

  test('exponential: mean and deviation are the same', () => {
    const values = drawn(exponential(8000))
    expect(meanOf(values) / 8000).toBeCloseTo(1, 1)
    expect(deviationOf(values) / 8000).toBeCloseTo(1, 1)
  })

  test('lognormal: of the mean and the deviation that were asked for, and never negative', () => {
    const values = drawn(lognormal(10_000, 4000))
    expect(meanOf(values) / 10_000).toBeCloseTo(1, 1)
    expect(deviationOf(values) / 4000).toBeCloseTo(1, 1)
    expect(Math.min(...values)).toBeGreaterThan(0)
  })

  test('in turn, and again', () => {
    expect(drawn(inTurn([1, 2, 3]), 7)).toEqual([1, 2, 3, 1, 2, 3, 1])
  })

  test.each([
    [() => exponential(0), /mean hold time of more than 0/],
    [() => lognormal(5, -1), /deviation of 0 ms or more/],
    [() => inTurn([]), /at least one, got none/],
    [() => inTurn([1, -2]), /got -2/],
  ])('what makes no sense is refused (%#)', (make, message) => expect(make).toThrow(message))

  test('each call is held for its own', async () => {
    const { cdrs, dialer, run, close } = await createBench()
    await run(await dialer({ rate: 5, maxOffered: 6, duration: inTurn([500, 1500, 2500]) }))
    const held = [...cdrs]
      .sort((a, b) => a.job_launch_ms - b.job_launch_ms)
      .map(({ caller_answer_ms: from = 0, caller_hangup_ms: to = 0 }) => Math.round((to - from) / 500) * 500)
    expect(held).toEqual([500, 1500, 2500, 500, 1500, 2500])
    await close()
  })
})
