import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLatency } from '../../lib/measure/latency.ts'

/** By the definition: the smallest value that at least p per cent of the values do not exceed. */
const nearestRank = (sorted: readonly number[], p: number): number =>
  sorted.find((value) => sorted.filter((each) => each <= value).length * 100 >= p * sorted.length) ?? 0

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
        const exact = (p: number): number => nearestRank(sorted, p)
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

  test('percentiles equal a sort for all sizes from 1 to 200', () => {
    // Every percentile that a summary or a threshold is likely to name.
    const ps = [1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9, 100]
    for (let size = 1; size <= 200; size++) {
      const latency = createLatency()
      // 7919 is a prime: each value once, and in no order.
      const values = Array.from({ length: size }, (_, i) => ((i * 7919) % size) * 10.001 + 0.5)
      for (const ms of values) latency.record(ms)
      const sorted = values.toSorted((a, b) => a - b)
      for (const p of ps) expect([size, p, latency.percentile(p)]).toEqual([size, p, Math.round(nearestRank(sorted, p) * 1000) / 1000]) // prettier-ignore
    }
  })

  test('p95 of 11 calls, one of which took 10 s, is 10 s', () => {
    const latency = createLatency()
    for (const ms of [10_000, ...Array.from({ length: 10 }, () => 100)]) latency.record(ms)
    expect(latency.summary()).toEqual({ avg: 1000, p50: 100, p95: 10_000, p99: 10_000, max: 10_000 })
  })

  test('percentiles of many are those of the nearest rank, at most 0.1 % above', () => {
    const latency = createLatency()
    const values = Array.from({ length: 2001 }, (_, i) => (i === 7 ? 90_000 : 10 + ((i * 7919) % 2001)))
    for (const ms of values) latency.record(ms)
    const sorted = values.toSorted((a, b) => a - b)
    for (const p of [0.1, 50, 95, 99, 99.95, 99.96, 100]) {
      const value = latency.percentile(p) ?? Number.NaN
      expect(value).toBeGreaterThanOrEqual(nearestRank(sorted, p))
      expect(value).toBeLessThanOrEqual(nearestRank(sorted, p) * 1.001)
    }
  })

  test('what took no time at all is 0, not a microsecond', () => {
    const latency = createLatency()
    latency.record(0)
    expect(latency.summary()).toEqual({ avg: 0, p50: 0, p95: 0, p99: 0, max: 0 })
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
