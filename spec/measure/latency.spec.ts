import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLatency } from '../../lib/measure/latency.ts'

describe('latencies', () => {
  test('are null where nothing was measured', () => {
    expect(createLatency().summary()).toEqual({ avg: null, p50: null, p95: null, p99: null, max: null })
  })

  test('leave out what is no latency', () => {
    const latency = createLatency()
    for (const ms of [Number.NaN, -1]) latency.record(ms)
    expect(latency.count).toBe(0)
  })

  test('of 1 to 100 ms have the percentiles that one expects', () => {
    const latency = createLatency()
    for (let ms = 1; ms <= 100; ms++) latency.record(ms)
    const { avg, p50, p95, p99, max } = latency.summary()
    expect(avg).toBe(50.5)
    expect(max).toBe(100)
    expect(p50).toBeCloseTo(50, 0)
    expect(p95).toBeCloseTo(95, 0)
    expect(p99).toBeCloseTo(99, 0)
  })

  test('keep their order: p50 <= p95 <= p99 <= max, and are within a thousandth of the exact ones', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1 }), (values) => {
        const latency = createLatency()
        for (const ms of values) latency.record(ms)
        const { p50, p95, p99, max } = latency.summary()
        const sorted = values.toSorted((a, b) => a - b)
        // The rank nearest to p per cent, as HDR histograms count.
        const exact = (p: number): number =>
          sorted[Math.max(1, Math.floor((p / 100) * sorted.length + 0.5)) - 1] ?? 0
        for (const [p, value] of [
          [50, p50],
          [95, p95],
          [99, p99],
        ] as const)
          expect(Math.abs((value ?? 0) - exact(p))).toBeLessThanOrEqual(0.002 + exact(p) * 0.001)
        expect([p50, p95, p99, max]).toEqual([p50, p95, p99, max].toSorted((a, b) => (a ?? 0) - (b ?? 0)))
      }),
    )
  })

  test('of several nodes are, merged, those of one that had all', () => {
    const times = fc.array(fc.integer({ min: 0, max: 60_000_000 }).map((us) => us / 1000))
    fc.assert(
      fc.property(fc.array(times, { maxLength: 4 }), (nodes) => {
        const all = createLatency()
        for (const ms of nodes.flat()) all.record(ms)
        const merged = createLatency()
        for (const each of nodes) {
          const node = createLatency()
          for (const ms of each) node.record(ms)
          merged.merge(node)
        }
        expect(merged.summary()).toEqual(all.summary())
        expect([merged.count, merged.min, merged.sum]).toEqual([all.count, all.min, all.sum])
      }),
    )
  })
})
