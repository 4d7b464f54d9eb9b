import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CDR_COLUMNS, type CallDetailRecord } from '../../../lib/measure/cdr/cdr.ts'
import { meanActiveChart } from '../../../lib/measure/report/charts/call-charts.ts'
import { columnsOf } from '../../../lib/measure/report/charts/columns.ts'
import { ratesOver } from '../../../lib/measure/report/charts/rate.ts'
import { pointsOf } from '../../../lib/measure/report/charts/spectrum-chart.ts'
import { createCollector } from '../../../lib/measure/report/collect/collector.ts'
import { createLogBins } from '../../../lib/measure/report/collect/log-bins.ts'
import { createSpread } from '../../../lib/measure/report/collect/spread.ts'
import { createTimeBuckets } from '../../../lib/measure/report/collect/time-buckets.ts'
import { createLatency } from '../../../lib/measure/latency.ts'

const nothing = Object.fromEntries(Object.keys(CDR_COLUMNS).map((name) => [name, undefined]))

const cdr = (fields: Partial<CallDetailRecord>): CallDetailRecord =>
  ({
    ...nothing,
    call_uuid: 'u',
    app: 'a',
    node: 'n',
    hangup_cause: 'NORMAL_CLEARING',
    ...fields,
  }) as CallDetailRecord

/** A call that was launched, answered after `setup` ms, and up for `up` ms in all; by a clock that is an hour behind. */
const answered = (launch: number, setup: number, up: number): CallDetailRecord => {
  const created = launch - 3_600_000
  return cdr({
    job_launch_ms: launch,
    caller_create_ms: created,
    caller_answer_ms: created + setup,
    caller_hangup_ms: created + up,
  })
}

const START = 1_800_000_000_000

describe('buckets of time', () => {
  it('keep all that there was, each where it was, in no more buckets than they may have', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1 }), (times) => {
        const buckets = createTimeBuckets<number[]>({
          create: () => [],
          merge: (a, b) => void a.push(...b),
          most: 50,
        })
        for (const time of times) buckets.at(START + time)?.push(START + time)
        const { entries, widthMs } = buckets
        expect((entries.at(-1)?.[0] ?? 0) - (entries[0]?.[0] ?? 0)).toBeLessThan(50 * widthMs)
        for (const [at, all] of entries)
          for (const time of all) expect(time >= at && time < at + widthMs).toBe(true)
        const kept = entries.flatMap(([, all]) => all).sort((a, b) => a - b)
        expect(kept).toEqual(times.map((time) => START + time).sort((a, b) => a - b))
      }),
    )
  })

  it('take nothing that is no time', () => {
    const buckets = createTimeBuckets({ create: () => ({}), merge: () => undefined })
    expect([Number.NaN, Infinity, undefined].map((time) => buckets.at(time))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('bins of latencies', () => {
  it('give percentiles that are no less than the true ones, and at most 2.2 % more', () => {
    const latencies = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(latencies, fc.integer({ min: 0, max: 100 }), (all, p) => {
        const bins = createLogBins()
        all.forEach(bins.note)
        const sorted = all.toSorted((a, b) => a - b)
        const exact = sorted[Math.max(0, Math.ceil((p / 100) * all.length) - 1)] ?? 0
        const found = bins.percentile(p) ?? 0
        expect(found / exact).toBeGreaterThanOrEqual(1 - 1e-9)
        expect(found / exact).toBeLessThanOrEqual(2 ** (1 / 32) + 1e-9)
      }),
    )
  })
})

describe('a spread of calls', () => {
  it('is no more than it may be, from all of the run', () => {
    const spread = createSpread<number>(10)
    for (let i = 0; i < 1000; i++) spread.add(() => i)
    expect(spread.items.length).toBeGreaterThanOrEqual(5)
    expect(spread.items.length).toBeLessThanOrEqual(10)
    expect(spread.items[0]).toBe(0)
    expect(spread.items.at(-1)).toBeGreaterThan(800)
  })
})

describe('the calls of a report', () => {
  it('are up on the mean as long as they are, though the clock of the switch is another', () => {
    const collector = createCollector()
    // Ten calls that are up for 2.5 s each, from 0 s to 4.5 s on.
    for (let i = 0; i < 10; i++) collector.add(answered(START + i * 500, 100, 2500))
    const columns = columnsOf(collector.moments, START)
    const { series } = meanActiveChart(columns, START)
    const erlangSeconds = (series[0]?.values ?? []).reduce<number>(
      (sum, up) => sum + (up ?? 0) * columns.width,
      0,
    )
    expect(erlangSeconds).toBeCloseTo(10 * 2.5, 1)
    expect(Math.max(...(series[0]?.values ?? []).map((up) => up ?? 0))).toBeCloseTo(5, 5)
  })

  it('that are slowest are kept, and of each cause some', () => {
    const collector = createCollector({ calls: 10 })
    for (let i = 0; i < 500; i++) {
      collector.add({ ...answered(START + i, i, 1000), call_uuid: `ok-${i}` })
      collector.add(cdr({ job_launch_ms: START + i, hangup_cause: i % 100 === 7 ? 'RARE' : 'USER_BUSY' }))
    }
    const { slow, failed } = collector.noted
    expect(slow.map((call) => call.cdr.call_uuid)).toEqual(
      Array.from({ length: 10 }, (_, i) => `ok-${499 - i}`),
    )
    expect(new Set(failed.map((call) => call.cdr.hangup_cause))).toEqual(new Set(['USER_BUSY', 'RARE']))
    expect(failed.length).toBeLessThanOrEqual(10)
  })

  it('are told apart by at most so many names, and none is lost', () => {
    const collector = createCollector()
    for (let i = 0; i < 400; i++)
      collector.add({ ...answered(START, 1, 2), app: `app-${i}`, hangup_cause: `CAUSE-${i}` })
    const { apps, causes } = collector
    expect(apps.all.length).toBeLessThan(70)
    expect(apps.all.reduce((sum, { calls }) => sum + calls, 0)).toBe(400)
    expect(causes.all.length).toBeLessThan(130)
    expect(causes.all.reduce((sum, { calls }) => sum + calls, 0)).toBe(400)
  })
})

describe('a rate', () => {
  it('is what the count grew by in the second before', () => {
    const times = Array.from({ length: 31 }, (_, i) => i * 100)
    // 50 calls a second: five in each tenth.
    const rates = ratesOver(
      times,
      times.map((time) => time / 20),
    )
    expect(rates.slice(0, 5)).toEqual([null, null, null, null, null])
    expect(new Set(rates.slice(5))).toEqual(new Set([50]))
  })
})

describe('latency by percentile', () => {
  it('goes as far as there are calls, and never down', () => {
    const latency = createLatency()
    for (let i = 1; i <= 1000; i++) latency.record(i)
    const points = pointsOf(latency)
    expect(points.every(([, ms], i) => i === 0 || ms >= (points[i - 1]?.[1] ?? 0))).toBe(true)
    expect(points.at(-1)).toEqual([99.95, 1000])
    expect(pointsOf(createLatency())).toEqual([])
  })
}) // prettier-ignore
