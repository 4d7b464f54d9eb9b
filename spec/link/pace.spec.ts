import { describe, expect, it } from 'vitest'
import { BUSY, createPace, WINDOW } from '../../lib/link/pace.ts'

describe('a connection', () => {
  /** Whether it is busy after `windows` of them in which so many bytes came, in eight reads each. */
  const after = (bytes: number, windows: number): boolean => {
    const pace = createPace()
    for (let i = 0; i <= windows * 8; i++) pace.note(bytes / 8, (i * WINDOW) / 8)
    return pace.busy
  }

  it('is busy once a quarter of a megabyte came within a tenth of a second', () => {
    expect([after(BUSY, 1), after(BUSY, 5)]).toEqual([true, true])
    expect([after(BUSY - 8, 1), after(BUSY - 8, 5)]).toEqual([false, false])
  })

  it('is not busy before the first window is over', () => {
    const pace = createPace()
    expect([pace.busy, pace.note(100 * BUSY, 0), pace.note(100 * BUSY, WINDOW - 1)]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('is not busy any more after a window of less, or one of nothing', () => {
    const busy = () => {
      const pace = createPace()
      for (let i = 0; i <= 10; i++) pace.note(BUSY, (i * WINDOW) / 10)
      return pace
    }
    const [quieter, silent] = [busy(), busy()]
    expect([quieter.busy, silent.busy]).toEqual([true, true])
    expect(silent.note(1, 10 * WINDOW)).toBe(false)
    // One read more belongs to the window that began with the busy one's end.
    for (let i = 1; i <= 3; i++) quieter.note(1, WINDOW + i * WINDOW)
    expect(quieter.busy).toBe(false)
  })
})
