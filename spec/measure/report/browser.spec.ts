import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRun } from '../../../lib/measure/report/read-run.ts'
import { createReporter, type Reporter } from '../../../lib/measure/report/report.ts'
import { findRuns } from '../../../lib/measure/report/run-sources.ts'
import { chromiumPath } from './browser.ts'
import { hostile, HOSTILE } from './hostile.ts'
import { mixedRun, type MixedRun } from './mixed-run.ts'

const executablePath = chromiumPath()
if (executablePath === undefined)
  console.warn('SKIPPED: no Chromium to open reports in (apt install chromium, or set SWITCHIX_CHROMIUM)')

describe.skipIf(executablePath === undefined)('a report, opened in Chromium', () => {
  let run: MixedRun
  let reporter: Reporter
  let browser: Browser
  /** What the browser complained about, and what it asked the network for. */
  const complaints: string[] = []

  const open = async (html: string, options: BrowserContextOptions = {}): Promise<Page> => {
    complaints.length = 0
    const file = join(run.dir, 'report.html')
    await writeFile(file, html)
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options })
    const page = await context.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`request: ${request.url()}`)
    })
    await page.goto(pathToFileURL(file).href)
    return page
  }

  beforeAll(async () => {
    run = await mixedRun()
    reporter = await createReporter()
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await rm(run.dir, { recursive: true })
  })

  /** The charts whose canvas has more than one colour on it, and those that have not. */
  const drawn = (page: Page): Promise<{ drawn: string[]; empty: string[] }> =>
    page.evaluate(`(() => {
      const all = { drawn: [], empty: [] }
      for (const plot of document.querySelectorAll('.plot')) {
        const canvas = plot.querySelector('canvas')
        const pixels = canvas ? canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data : []
        const colours = new Set()
        for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] > 200) colours.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2])
        all[colours.size > 3 ? 'drawn' : 'empty'].push(plot.id)
      }
      return all
    })()`)

  it('draws all of its charts, and complains of nothing, in either theme', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(reporter.page([run.live]), { colorScheme })
      const ids = ['rates', 'active', 'latency', 'heat-setup', 'spectrum', 'heat-pdd', 'causes', 'generator-cpu', 'generator-lag', 'panel-CallsUp-0'] // prettier-ignore
      expect(await drawn(page)).toEqual({ drawn: ids.map((id) => `run-0-${id}`), empty: [] })
      const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
      expect(ground).toBe(colorScheme === 'light' ? 'rgb(244, 245, 247)' : 'rgb(15, 19, 23)')
      expect(complaints).toEqual([])
      await page.context().close()
    }
  })

  it('changes its theme by the button, and draws again', async () => {
    const page = await open(reporter.page([run.live]), { colorScheme: 'light' })
    const before = await page.locator('#run-0-rates canvas').screenshot()
    await page.click('#theme')
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(15, 19, 23)')
    expect((await drawn(page)).empty).toEqual([])
    expect((await page.locator('#run-0-rates canvas').screenshot()).equals(before)).toBe(false)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('has the numbers of the summary, each where it says', async () => {
    const page = await open(reporter.page([run.live]))
    const shown = await page.evaluate<[string, string, string][]>(
      `Array.from(document.querySelectorAll('data[data-figure]'), (each) => [each.dataset.figure, each.value, each.textContent])`,
    )
    expect(shown.length).toBeGreaterThan(100)
    const read = (path: string): unknown =>
      path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], run.summary)
    for (const [path, value] of shown) expect([path, value]).toEqual([path, String(read(path))])
    const { setup } = run.summary.latencyMs
    const text = (path: string): string | undefined => shown.find(([each]) => each === path)?.[2]
    expect(text('latencyMs.setup.p95')).toBe(
      (setup.p95 ?? 0).toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    )
    expect(text('metrics.asr')).toBe(`${((run.summary.metrics.asr ?? 0) * 100).toFixed(2)} %`)
    expect(await page.locator('.verdict').innerText()).toBe('Failed: 1 of 2 thresholds not kept')
    await page.context().close()
  })

  it('shows values where the pointer is', async () => {
    const page = await open(reporter.page([run.live]))
    await page.locator('#run-0-rates .u-over').hover()
    const tip = await page.locator('#run-0-rates .tip').innerText()
    expect(tip).toMatch(/asked\s+25 calls\/s/)
    await page.locator('#run-0-causes .u-over').hover()
    expect(await page.locator('#run-0-causes .tip').innerText()).toMatch(/NORMAL_CLEARING\s+[\d.]+ calls\/s/)
    await page.locator('#run-0-spectrum .u-over').hover()
    expect(await page.locator('#run-0-spectrum .tip').innerText()).toMatch(/^p\d[\d.]*\s+set-up\s+[\d.,]+ ms/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('shows the ladder of a failed call that is clicked, in the list or in the chart', async () => {
    const page = await open(reporter.page([run.live]))
    await page.locator('.failed tbody tr', { hasText: 'USER_BUSY' }).first().click()
    const ladder = await page.locator('dialog svg').innerHTML()
    expect(ladder).toContain('CHANNEL_PROGRESS')
    expect(ladder).toContain('CHANNEL_HANGUP USER_BUSY')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog').isVisible()).toBe(false)
    // The slowest of all calls is the topmost dot.
    const slowest = run.live.calls?.noted.slow[0]?.cdr
    const place = await page.evaluate<{ left: number; top: number }>(`(() => {
      const { chart, span } = JSON.parse(document.querySelector('#charts').textContent).find(({ chart }) => chart.id === 'latency')
      const mark = chart.marks.reduce((a, b) => ((b.y ?? 0) > (a.y ?? 0) ? b : a))
      const over = document.querySelector('#run-0-latency .u-over')
      const [from, to] = [Math.min(0, chart.x[0]), Math.max(span[1], chart.x.at(-1))]
      const most = Math.max(...chart.series.flatMap(({ values }) => values)) * 1.08
      return { left: over.clientWidth * (mark.x - from) / (to - from), top: over.clientHeight * (1 - mark.y / most) }
    })()`)
    await page.locator('#run-0-latency .u-over').click({ position: { x: place.left, y: place.top } })
    expect(await page.locator('dialog h2').innerText()).toBe(`Call ${slowest?.call_uuid}`)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is printed in light colours, whatever the theme is', async () => {
    const page = await open(reporter.page([run.live]), { colorScheme: 'dark' })
    await page.evaluate(`addEventListener('beforeprint', () => (document.body.dataset.printed = document.documentElement.dataset.theme + plotWidth())); function plotWidth() { return ' ' + document.querySelector('.plot').clientWidth }`) // prettier-ignore
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await page.evaluate('document.body.dataset.printed')).toMatch(/^light 3\d\d$/)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(15, 19, 23)')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('shows its tables whole on a screen of 400 pixels, and names each of their cells', async () => {
    const page = await open(reporter.page([run.live]), { viewport: { width: 400, height: 800 } })
    const cut = await page.evaluate(`[...document.querySelectorAll('.card .scroll')]
      .filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.closest('.card').className)`)
    expect(cut).toEqual([])
    const titles = await page.evaluate(`[...document.querySelectorAll('.latencies tbody tr:first-child td')]
      .map((cell) => getComputedStyle(cell, '::before').content)`)
    expect(titles).toEqual(['none', '"avg"', '"p50"', '"p95"', '"p99"', '"max"'])
    await page.context().close()
  })

  it('names a unit once: "Concurrent calls", "Call rate calls/s"', async () => {
    const page = await open(reporter.page([run.live]))
    const titles = await page.locator('.chart h3').allInnerTexts()
    expect(titles).toContain('Concurrent calls')
    expect(titles).toContain('Call rate calls/s')
    await page.context().close()
  })

  it('runs nothing that came from outside, and shows it as it is', async () => {
    const page = await open(reporter.page([hostile(run.live)]))
    expect(complaints).toEqual([])
    expect(await page.evaluate('window.pwned')).toBeUndefined()
    expect(await page.locator('.causes td').first().innerText()).toBe(HOSTILE)
    await page.locator('.failed tbody tr').first().click()
    expect(await page.locator('dialog h2').innerText()).toBe(`Call ${HOSTILE}`)
    expect(await page.evaluate('window.pwned')).toBeUndefined()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is made of CDRs alone, of a summary alone, and of several runs', async () => {
    const files = [[run.cdrs], [run.summaryFile], [run.cdrs, run.summaryFile]]
    const runs = []
    for (const paths of files) for (const sources of await findRuns(paths)) runs.push(await readRun(sources))
    const page = await open(reporter.page(runs))
    expect(await page.locator('article').count()).toBe(3)
    const ids = await page.evaluate<string[]>(`Array.from(document.querySelectorAll('[id]'), ({ id }) => id)`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(await page.locator('.comparison tbody tr').count()).toBe(3)
    expect((await drawn(page)).empty).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
