import { describe, expect, it } from 'vitest'
import { secondHalfPerCallMs } from '../../../lib/dial/health/second-half.ts'

/** A sample a second: a start that costs 100 ms, then 1 ms a call at 10 calls a second. */
const atMs = Array.from({ length: 11 }, (_, i) => i * 1000)
const timeline = {
  atMs,
  launched: atMs.map((at) => at / 100),
  cpuMs: atMs.map((at) => (at === 0 ? 0 : 100 + at / 100)),
}

describe('the CPU time of a call in the second half of a run', () => {
  it('leaves out what the start costs', () => {
    expect(secondHalfPerCallMs(timeline, 10_000)).toBe(1)
  })

  it('ends with the last call that was placed, not with the last that was over', () => {
    const drained = { ...timeline, launched: atMs.map((at) => Math.min(at, 8000) / 100) }
    expect(secondHalfPerCallMs(drained, 8000)).toBe(1)
  })

  it('is nothing where no call was placed then', () => {
    const none = { ...timeline, launched: atMs.map(() => 7) }
    expect([
      secondHalfPerCallMs(none, 10_000),
      secondHalfPerCallMs(timeline, 500),
      secondHalfPerCallMs({ atMs: [], launched: [], cpuMs: [] }, 0),
    ]).toEqual([null, null, null])
  })
})
