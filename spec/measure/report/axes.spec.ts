import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

vi.mock('../../../lib/measure/report/page/theme.js', () => ({ colour: () => 'black', faint: () => 'black' }))

/** What is looked at of an axis of uPlot's. */
interface Axis {
  splits(plot: undefined, axis: number, min: number, max: number): number[]
  values(plot: undefined, splits: readonly number[]): string[]
}

/** The page's modules are JavaScript, with types of their own. */
const AXES = '../../../lib/measure/report/page/axes.js'
const { logAxis } = (await import(AXES)) as { logAxis(unit: string): Axis }

const labels = (min: number, max: number): string[] => {
  const { splits, values } = logAxis('ms')
  return values(undefined, splits(undefined, 1, min, max))
}

describe('a logarithmic axis', () => {
  it('has at least three labels that differ, whatever its range', () => {
    const range = fc.tuple(
      fc.double({ min: -3, max: 7, noNaN: true }),
      fc.double({ min: 0.18, max: 8, noNaN: true }),
    )
    fc.assert(
      fc.property(range, ([from, width]) => {
        const all = labels(10 ** from, 10 ** (from + width))
        expect(all.length).toBeGreaterThanOrEqual(3)
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })
})
