import { describe, expect, it } from 'vitest'
import { summaryJson } from '../../../lib/dial/export/summary-json.ts'
import { createTimeline } from '../../../lib/dial/health/timeline.ts'
import { createTally } from '../../../lib/dial/tally.ts'
import type { RunSummary, Timeline } from '../../../lib/index.ts'
import { virtualClock } from '../../../lib/testing/virtual-clock.ts'
import { sleep } from '../../../lib/clock.ts'
import { createBench } from '../on-embedded-switch.ts'

const runOf = async (rate: number, maxOffered: number): Promise<RunSummary> => {
  const bench = await createBench()
  const dialer = await bench.dialer({ rate, maxOffered, duration: 1000 })
  await bench.run(dialer)
  const summary = dialer.summary()
  await bench.clock.run(dialer.close())
  await bench.close()
  return summary
}

describe('the timeline of a run', () => {
  it('begins at 0 and ends with what the summary says', async () => {
    const { timeline, ...summary } = await runOf(50, 100)
    const last = (name: keyof Timeline): number | null | undefined => timeline[name].at(-1)
    expect(timeline.atMs[0]).toBe(0)
    expect(last('atMs')).toBeCloseTo(summary.durationMs, -1)
    for (const name of ['offered', 'launched', 'dropped', 'answered', 'failed'] as const)
      expect([timeline[name][0], last(name)]).toEqual([0, summary[name]])
    expect(last('active')).toBe(0)
    // A call is up for its second, and what set-up and release take.
    expect(Math.max(...timeline.active)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...timeline.active)).toBeLessThan(60)
    expect(timeline.askedPerSecond.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 50))
    expect(last('askedPerSecond')).toBe(0)
    expect(new Set(Object.values(timeline).map((column: readonly unknown[]) => column.length)).size).toBe(1)
  })

  it('is written with a line for each of its columns', async () => {
    const summary = await runOf(50, 10)
    const text = summaryJson(summary)
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(summary)))
    expect(text).toMatch(/^ {4}"active": \[0, [\d, ]+\],$/m)
  })

  it('keeps at most 600 samples however long it is, with the worst of those that are left out', async () => {
    const clock = virtualClock()
    const tally = createTally()
    let lag = 0
    const health = { takeWorstLag: () => (lag++ === 37 ? 900 : 1) }
    const sampler = createTimeline({ clock, tally, health, rate: () => Number.NaN })
    sampler.start()
    for (let minute = 0; minute < 60; minute++) {
      await clock.run(sleep(clock, 60_000))
      tally.launched += 60
    }
    sampler.stop()
    const { atMs, launched, launchLagMaxMs, askedPerSecond } = sampler.timeline
    expect(atMs.length).toBeGreaterThan(300)
    expect(atMs.length).toBeLessThanOrEqual(601)
    expect([atMs[0], atMs.at(-1), launched.at(-1)]).toEqual([0, 3_600_000, 3600])
    expect(launchLagMaxMs.filter((ms) => ms === 900)).toHaveLength(1)
    expect(askedPerSecond.every((rate) => rate === null)).toBe(true)
    const gaps = atMs.slice(1, -1).map((at, i) => at - (atMs[i] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps))
  })
})
