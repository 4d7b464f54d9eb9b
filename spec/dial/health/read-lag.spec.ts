import { describe, expect, it } from 'vitest'
import { sleep, systemClock } from '../../../lib/clock.ts'
import { createHealthMeter } from '../../../lib/dial/health/health.ts'
import { createReadLag } from '../../../lib/dial/health/read-lag.ts'

describe('how long an event has waited here', () => {
  it('is its whole lag while nobody knows better', () => {
    expect(createReadLag(() => 0).ownPartOf(5000, 7000)).toBe(5000)
  })

  it('is at the most the time since the event loop last had nothing to do', () => {
    let idle = 0
    const lag = createReadLag(() => idle)
    lag.look(1000)
    idle += 5
    expect(lag.ownPartOf(5000, 1010)).toBe(10)
    expect(lag.ownPartOf(5000, 3010)).toBe(2010)
    expect(lag.ownPartOf(7, 3010)).toBe(7)
    idle += 1
    expect(lag.ownPartOf(5000, 3020)).toBe(10)
  })
})

/** Until the event loop has waited for something to do: on a busy machine a timer may be due before it could. */
const untilIdle = async (): Promise<void> => {
  const { idle } = performance.eventLoopUtilization()
  do await sleep(systemClock, 2)
  while (performance.eventLoopUtilization().idle === idle)
}

describe('a run whose events came seconds late', () => {
  /** Answers, the first at once and the others 5 s old, as the meter hears them. */
  const hear = async (between: () => Promise<unknown>) => {
    const health = createHealthMeter(systemClock)
    health.heard('fs1', systemClock.now())
    for (let i = 0; i < 20; i++) {
      await between()
      health.heard('fs1', systemClock.now() - 5000)
    }
    health.stop()
    const { valid, reasons, eventLagMs } = health.report(
      { offered: 20, launched: 20, droppedBy: { late: 0 }, waitedTooLong: 0 },
      null,
    )
    return { valid, reasons, lag: eventLagMs.p99, warnings: health.warnings }
  }

  it('is valid where the generator had read all there was: the switch was late, and that is a warning', async () => {
    const { valid, reasons, lag, warnings } = await hear(untilIdle)
    expect([valid, reasons]).toEqual([true, []])
    expect(lag).toBeGreaterThan(4900)
    expect(warnings).toEqual([
      expect.stringMatching(/^events came late: p99 (?:49|50)\d\d\.\d ms behind the quickest/) as string,
    ])
  })

  it('is not valid where the generator never came to rest', async () => {
    const { valid, reasons, warnings } = await hear(() => Promise.resolve())
    expect([valid, warnings]).toEqual([false, []])
    expect(reasons).toEqual([expect.stringMatching(/^events were read late: p99/) as string])
  })
})
