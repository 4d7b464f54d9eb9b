import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { sleep } from '../../lib/clock.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { outcomeOf } from './promises.ts'

/** A clock that begins at 0, and a way to set timers that note when they fired. */
const noting = () => {
  const clock = virtualClock(0)
  const fired: (readonly [name: string, at: number])[] = []
  const set = (name: string, ms: number, background?: boolean) =>
    clock.setTimeout(() => void fired.push([name, clock.now()]), ms, background)
  return { clock, fired, set }
}

describe('a virtual clock', () => {
  it('stands still until it is told to run, and then stands exactly there', async () => {
    const { clock, fired, set } = noting()
    set('a', 10)
    expect(clock.now()).toBe(0)
    await clock.advance(9.5)
    expect([clock.now(), fired]).toEqual([9.5, []])
    await clock.advance(100)
    expect([clock.now(), fired]).toEqual([109.5, [['a', 10]]])
  })

  it('fires timers when they are due, in the order of time, then of setting; none before now', async () => {
    const { clock, fired, set } = noting()
    set('c', 20)
    set('a', 10)
    set('b', 10)
    set('first', -5)
    await clock.run()
    expect(fired).toEqual([
      ['first', 0],
      ['a', 10],
      ['b', 10],
      ['c', 20],
    ])
  })

  it('lets every promise go on between two timers', async () => {
    const { clock, fired, set } = noting()
    const flow = async (): Promise<void> => {
      await sleep(clock, 5)
      await Promise.resolve()
      set('set by a flow', 0)
    }
    void flow()
    set('later', 6)
    await clock.run()
    expect(fired).toEqual([
      ['set by a flow', 5],
      ['later', 6],
    ])
  })

  it('lets every promise go on between two timers of one instant, however deep, and other ticks too', async () => {
    const { clock, fired, set } = noting()
    const flow = async (): Promise<void> => {
      await sleep(clock, 5)
      for (let i = 0; i < 50; i++) await Promise.resolve()
      await new Promise<void>((resolve) => process.nextTick(resolve))
      for (let i = 0; i < 50; i++) await Promise.resolve()
      clock.clearTimeout(second)
      set('set by a flow', 0)
    }
    void flow()
    const second = set('taken back by it', 5)
    await clock.run()
    expect(fired).toEqual([['set by a flow', 5]])
  })

  it('goes no further than it is told to while somebody else has it run', async () => {
    const { clock, fired, set } = noting()
    set('a', 10)
    set('b', 20)
    const running = clock.run()
    await clock.advance(15)
    expect([clock.now(), fired]).toEqual([15, [['a', 10]]])
    await running
    expect([clock.now(), fired.length]).toEqual([20, 2])
  })

  it('rejects with what a timer throws', async () => {
    const clock = virtualClock(0)
    clock.setTimeout(() => {
      throw new TypeError('thrown by a timer')
    }, 5)
    await expect(clock.run()).rejects.toThrow('thrown by a timer')
  })

  it('fires thousands of timers of one instant in order', async () => {
    const { clock, fired, set } = noting()
    for (let i = 0; i < 5000; i++) set(String(i), 1)
    await clock.run()
    expect(fired.map(([name]) => Number(name))).toEqual(Array.from({ length: 5000 }, (_, i) => i))
  })

  it('fires no timer that was taken back; to take back one that has fired, or none, is no error', async () => {
    const { clock, fired, set } = noting()
    const [gone, stays] = [set('gone', 1), set('stays', 1)]
    clock.clearTimeout(gone)
    clock.clearTimeout(gone)
    clock.clearTimeout(undefined)
    await clock.run()
    clock.clearTimeout(stays)
    expect([fired, clock.pending]).toEqual([[['stays', 1]], 0])
  })

  it('counts the timers that are set, without the background ones', () => {
    const { clock, set } = noting()
    const timer = set('a', 1)
    set('heartbeat', 1, true)
    set('b', 1)
    expect(clock.pending).toBe(2)
    clock.clearTimeout(timer)
    expect(clock.pending).toBe(1)
  })

  it('does not run on for background timers, but fires those that fall due meanwhile', async () => {
    const { clock, fired, set } = noting()
    const beat = (): void => {
      set('beat', 0, true)
      clock.setTimeout(beat, 10, true)
    }
    beat()
    set('work', 25)
    await clock.run()
    expect([clock.now(), fired.map(([name]) => name)]).toEqual([25, ['beat', 'beat', 'beat', 'work']])
  })

  it('runs until what it is given settles, and gives its result', async () => {
    const { clock, set } = noting()
    set('much later', 1e6)
    expect(await clock.run(sleep(clock, 50).then(() => 'done'))).toBe('done')
    expect([clock.now(), clock.pending]).toEqual([50, 1])
    await expect(clock.run(Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  })

  it('says so when what it is given can never settle', async () => {
    const { clock } = noting()
    const never = new Promise<void>(() => undefined)
    expect(String(await outcomeOf(clock.run(never)))).toContain('nothing left to run')
  })

  it('waits for real work, such as a file, that needs no timer', async () => {
    const { clock } = noting()
    const { readFile } = await import('node:fs/promises')
    expect(await clock.run(readFile('package.json', 'utf8'))).toContain('switchix')
  })

  it('fires any timers, however they are set and taken back, in order and once', async () => {
    const timer = fc.record({ ms: fc.nat(50), back: fc.option(fc.nat(60), { freq: 3 }) })
    const inOrder = fc.asyncProperty(fc.array(timer, { maxLength: 60 }), async (timers) => {
      const { clock, fired, set } = noting()
      const handles = timers.map(({ ms }, i) => set(String(i), ms))
      const gone = new Set<number>()
      for (const { back } of timers) {
        if (back === null || back >= handles.length) continue
        gone.add(back)
        clock.clearTimeout(handles[back])
      }
      const order = timers.map(({ ms }, i) => [String(i), ms] as const).filter((_, i) => !gone.has(i))
      expect(clock.pending).toBe(order.length)
      await clock.run()
      expect(fired).toEqual(order.sort(([, a], [, b]) => a - b))
    })
    await fc.assert(inOrder, { numRuns: 60 })
  })
})
