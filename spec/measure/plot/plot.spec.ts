import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DOMParser, type Document } from '@xmldom/xmldom'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plot } from '../../../lib/cli/run-plot.ts'
import { CDR_COLUMNS } from '../../../lib/measure/cdr/cdr.ts'
import { figureSvg } from '../../../lib/measure/plot/figure-svg.ts'
import { meanRates, plotPanels } from '../../../lib/measure/plot/panels.ts'
import { readPlotCalls, type PlotCall } from '../../../lib/measure/plot/plot-calls.ts'
import { thinOut } from '../../../lib/measure/plot/thin-out.ts'
import { createRowStore } from '../../../lib/measure/store/row-store.ts'

/** Six calls, the fourth of them busy, written by pandas as switchio does: a head, and rows with their index before them. */
const SWITCHIO = new URL('switchio.csv', import.meta.url).pathname

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-plot-'))
})
afterAll(() => rm(dir, { recursive: true }))

const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(dir, name), text)
  return join(dir, name)
}

const parse = (svg: string): Document =>
  new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`)
    },
  }).parseFromString(svg, 'text/xml')

const call = (create: number): PlotCall => ({
  create, answer: create + 500, calleeCreate: create + 10, calleeAnswer: create + 480, launch: create - 20,
  originate: create, activeSessions: 2, erlangs: 1, failedCalls: 0,
}) // prettier-ignore

describe("the calls of switchio's CSV", () => {
  it('are read with the index that pandas writes, and in ms', async () => {
    const [panel] = plotPanels(await readPlotCalls(SWITCHIO))
    const values = panel?.series.map((series) => series.values.map((ms) => Math.round(ms)))
    const nan = Number.NaN
    expect(values).toEqual([
      [500, 500, 500, nan, 500, 500],
      [20, 20, 20, nan, 20, 20],
      [10, 10, 10, nan, 10, 10],
      [10, 10, 10, 10, 10, 10],
    ])
  })

  it('are the same without an index, as switchio writes them without pandas', async () => {
    const lines = (await readFile(SWITCHIO, 'utf8')).split('\n')
    const bare = lines.map((line, i) => (i === 0 ? line : line.replace(/^\d+,/, ''))).join('\n')
    expect(await readPlotCalls(await write('bare.csv', bare))).toEqual(await readPlotCalls(SWITCHIO))
  })

  it('are drawn like ours', async () => {
    const ours = join(dir, 'ours.ndjson')
    const store = await createRowStore(ours, CDR_COLUMNS)
    for (const [i, each] of (await readPlotCalls(SWITCHIO)).entries())
      store.append({
        call_uuid: String(i), caller_create_ms: each.create, caller_answer_ms: each.answer, callee_create_ms: each.calleeCreate,
        callee_answer_ms: each.calleeAnswer, job_launch_ms: each.launch, active_sessions: each.activeSessions,
        erlangs: each.erlangs, failed_calls: each.failedCalls,
      }) // prettier-ignore
    await store.close()
    const [latencies, ...others] = plotPanels(await readPlotCalls(ours))
    const [theirs, ...theirOthers] = plotPanels(await readPlotCalls(SWITCHIO))
    expect(latencies?.series.slice(0, 3)).toEqual(theirs?.series.slice(0, 3))
    expect(others).toEqual(theirOthers)
  })
})

describe('a file', () => {
  it.each([
    ['nothing.csv', 'call_uuid,caller_create_ms\n', /there is none/],
    ['other.csv', 'a,b\n1,2\n', /a column call_uuid/],
    ['half.csv', 'caller_create,caller_answer\n1,2\n', /switchio's columns; callee_create/],
  ])('that has no calls is refused: %s', async (name, text, message) => {
    await expect(plot(await write(name, text), {})).rejects.toThrow(message)
  })

  it('that there is not is refused', async () => {
    await expect(plot(join(dir, 'none.csv'), {})).rejects.toThrow(/cannot read .*ENOENT/)
    await expect(plot(join(dir, 'none.ndjson'), {})).rejects.toThrow(/cannot read .*ENOENT/)
  })
})

describe('the rate over 100 calls', () => {
  it('is by the time that they took, however unevenly they came', () => {
    // 1000 calls in 20 s, in pairs that are 1 ms apart.
    const calls = Array.from({ length: 1000 }, (_, i) => call(Math.floor(i / 2) * 40 + (i % 2)))
    const rates = meanRates(calls)
    expect(rates.slice(0, 100).every(Number.isNaN)).toBe(true)
    expect(new Set(rates.slice(100))).toEqual(new Set([50]))
  })
})

describe('a line that is thinned out', () => {
  it('has its least and its greatest value, and its points in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1, maxLength: 500 }),
        (values) => {
          const points = thinOut(values, 20)
          const ys = points.map(([, y]) => y)
          expect(points.length).toBeLessThanOrEqual(Math.max(40, 40))
          expect([Math.min(...ys), Math.max(...ys)]).toEqual([Math.min(...values), Math.max(...values)])
          expect(points.every(([x], i) => i === 0 || x > (points[i - 1]?.[0] ?? 0))).toBe(true)
          for (const [x, y] of points) expect(y).toBe(values[x])
        },
      ),
    )
  })
})

describe('the figure', () => {
  it('is well-formed SVG with three panels, their axes and legends, and a title that is text', async () => {
    const document = parse(await plot(SWITCHIO, { title: '<script>alert(1)</script> & "co"' }))
    const texts = Array.from(document.getElementsByTagName('text'), ({ textContent }) => textContent)
    expect(document.getElementsByTagName('script')).toHaveLength(0)
    expect(texts[0]).toBe('<script>alert(1)</script> & "co"')
    expect(texts).toEqual(expect.arrayContaining(['ms', 'calls, sessions', 'calls/s', 'call set-up latency', 'erlangs (calls up)', 'call rate over 100 calls'])) // prettier-ignore
    const lines = Array.from(document.getElementsByTagName('path')).filter((path) => /\bline\b/.test(path.getAttribute('class') ?? '')) // prettier-ignore
    expect(lines).toHaveLength(9)
    // The busy call is a gap in the set-up latency.
    expect(lines[0]?.getAttribute('d')?.match(/M/g)).toHaveLength(2)
  })

  it('is small, however many calls there were', () => {
    const calls = Array.from({ length: 200_000 }, (_, i) => call(i * 10))
    expect(figureSvg('many', plotPanels(calls)).length).toBeLessThan(400_000)
  })

  it('is written where it was asked for', async () => {
    const out = join(dir, 'figure.svg')
    expect(await plot(SWITCHIO, { out })).toBe(`${out}\n`)
    expect(await readFile(out, 'utf8')).toContain('switchio.csv</text>')
    await expect(plot(SWITCHIO, { out: join(dir, 'no/figure.svg') })).rejects.toThrow(/--out: cannot write/)
  })
})
