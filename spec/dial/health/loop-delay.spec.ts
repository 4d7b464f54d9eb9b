import { describe, expect, test } from 'vitest'
import type { Clock } from '../../../lib/clock.ts'
import { measureLoopDelay } from '../../../lib/dial/health/loop-delay.ts'
import { createReadLag } from '../../../lib/dial/health/read-lag.ts'

/** A clock whose timers fire so late (ms), and a process that runs so long (ms) meanwhile. */
const lateClock = () => {
  let [now, cpu] = [1000, 0]
  let due: { readonly fn: () => void; readonly at: number } | undefined
  const clock: Clock = {
    now: () => now,
    setTimeout(fn, ms) {
      due = { fn, at: now + ms }
      return {}
    },
    clearTimeout: () => (due = undefined),
  }
  return {
    clock,
    cpu: () => cpu,
    tick(late = 0, ran = 0) {
      const timer = due
      if (!timer) return
      now = timer.at + late
      cpu += ran
      timer.fn()
    },
  }
}

const spin = (ms: number): void => {
  const until = performance.now() + ms
  while (performance.now() < until);
}

describe('the lateness of the event loop', () => {
  test('is measured by a timer of our own, so that runtimes which do not tell it have it, too', () => {
    const { clock, cpu, tick } = lateClock()
    const loop = measureLoopDelay(clock, cpu)
    expect(loop.summary()).toMatchObject({ p99: null, max: null })
    for (let i = 0; i < 98; i++) tick()
    tick(40)
    tick(500)
    expect(loop.summary()).toEqual({ avg: 5.4, p50: 0, p95: 0, p99: 40, max: 500 })
    loop.stop()
    tick(9999)
    expect(loop.summary().max).toBe(500)
  })

  test('of a loop that is kept busy is as long as that', async () => {
    const loop = measureLoopDelay()
    await new Promise((resolve) => setTimeout(resolve, 50))
    spin(300)
    await new Promise((resolve) => setTimeout(resolve, 50))
    loop.stop()
    expect(loop.summary().max).toBeGreaterThan(250)
    // It was we who ran: no other work on the machine is to blame. (What is left is what the machine took from us meanwhile.)
    expect(loop.machineShare).toBeLessThan(0.9)
  })

  test('while this process did not run is the machine’s; while it ran, its own', () => {
    const shareOf = (ran: number): number | null => {
      const { clock, cpu, tick } = lateClock()
      const loop = measureLoopDelay(clock, cpu)
      for (let i = 0; i < 5; i++) tick(400, ran)
      return loop.machineShare
    }
    expect([shareOf(0), shareOf(100), shareOf(400), shareOf(900)]).toEqual([1, 0.75, 0, 0])
  })

  test('that is too little to tell has no share', () => {
    const { clock, cpu, tick } = lateClock()
    const loop = measureLoopDelay(clock, cpu)
    for (let i = 0; i < 1000; i++) tick(15)
    tick(50)
    expect(loop.machineShare).toBeNull()
  })
})

describe('where a runtime does not tell how long the event loop waited', () => {
  test('what came before the look before the last one has been read', () => {
    const { clock, cpu, tick } = lateClock()
    const loop = measureLoopDelay(clock, cpu)
    const lag = createReadLag(() => 0, () => loop.readAllAt) // prettier-ignore
    expect(lag.ownPartOf(700, clock.now())).toBe(700)
    tick()
    tick()
    tick()
    expect(lag.ownPartOf(700, clock.now())).toBe(20)
  })
})
