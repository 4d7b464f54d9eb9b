import { PassThrough } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { describe, expect, test } from 'vitest'
import { createDisplay } from '../../../lib/cli/display/display.ts'
import { liveBlock } from '../../../lib/cli/display/live-block.ts'
import type { Progress } from '../../../lib/dial/summary.ts'
import { createBench } from '../../dial/on-embedded-switch.ts'

/** The progress of a real run, at 10 calls a second that are never hung up, after so many ms; then of its end. */
const progressOf = async (ms: number): Promise<Record<'running' | 'paused' | 'draining', Progress>> => {
  const { clock, dialer, run, close } = await createBench()
  const originator = await dialer({ rate: 10, duration: 0 })
  const over = run(originator)
  await clock.advance(ms)
  const running = originator.progress()
  originator.pause()
  const paused = originator.progress()
  originator.stop()
  const draining = originator.progress()
  await clock.run(originator.hupall())
  await over
  await close()
  return { running, paused, draining }
}

const speed = { launched: 10, answered: 9.5 }

describe('the live block', () => {
  test('has the rates asked and achieved, the calls, and latencies of those that are still up', async () => {
    const text = liveBlock((await progressOf(2050)).running, speed).join('\n')
    expect(text).toMatch(/2\.\d s +asked 10\.0 {2}launched 10\.0 {2}answered 9\.5 calls\/s/)
    expect(text).toMatch(/active 21 {2}offered 21 {2}answered 2[01] {2}failed 0 {2}dropped 0/)
    expect(text).toMatch(/connect +p50 \d/)
  })

  test('says whether it is paused or drains, and what the keys would do then', async () => {
    const { running, paused, draining } = await progressOf(550)
    const last = (progress: Progress): string => liveBlock(progress, speed).at(-1) ?? ''
    expect(last(running)).toMatch(/p pause/)
    expect(liveBlock(paused, speed).join('\n')).toMatch(/calls\/s {2}paused/)
    expect(last(paused)).toMatch(/p go on/)
    expect(liveBlock(draining, speed).join('\n')).toMatch(/calls\/s {2}draining/)
    expect(last(draining)).toMatch(/^ *q hang up$/)
  })
})

describe('on a terminal', () => {
  /** A terminal of that size, and the lines that were written to it since. */
  const terminal = (columns: number, rows: number) => {
    const out = Object.assign(new PassThrough(), { isTTY: true, columns, rows })
    return { out: out as unknown as WriteStream, read: (): string => String(out.read() ?? '') }
  }

  test('that is narrow or low no line is broken, and no more is drawn than fits', async () => {
    const { running } = await progressOf(550)
    const { out, read } = terminal(30, 5)
    createDisplay(out).show(running)
    const lines = read().split('\n')
    expect(lines.length - 1).toBe(4)
    expect(Math.max(...lines.map((line) => line.length))).toBe(29)
  })

  test('that has become narrower the block is found again by the rows that its broken lines take up', async () => {
    const { running } = await progressOf(550)
    const { out, read } = terminal(60, 40)
    const display = createDisplay(out)
    display.show(running)
    const widths = read().split('\n').slice(0, -1).map((line) => line.length) // prettier-ignore
    out.columns = 25
    display.show(running)
    const rows = widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / 25)), 0)
    expect(rows).toBeGreaterThan(widths.length)
    expect(read()).toContain(`\u001b[${rows}A`)
  })
})
