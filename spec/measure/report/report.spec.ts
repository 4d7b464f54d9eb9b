import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DOMParser } from '@xmldom/xmldom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { report } from '../../../lib/cli/run-report.ts'
import { cdrLadder } from '../../../lib/measure/report/calls/cdr-ladder.ts'
import { createReporter } from '../../../lib/measure/report/report.ts'
import { findRuns } from '../../../lib/measure/report/run-sources.ts'
import { readRun } from '../../../lib/measure/report/read-run.ts'
import { hostile, HOSTILE } from './hostile.ts'
import { mixedRun, type MixedRun } from './mixed-run.ts'

let run: MixedRun
beforeAll(async () => {
  run = await mixedRun()
})
afterAll(() => rm(run.dir, { recursive: true }))

const pageOf = async (...paths: string[]): Promise<string> => {
  const runs = []
  for (const sources of await findRuns(paths)) runs.push(await readRun(sources))
  return (await createReporter()).page(runs)
}

const figuresIn = (page: string): Map<string, string> =>
  new Map(Array.from(page.matchAll(/<data data-figure="([^"]*)" value="([^"]*)"/g), ([, path = '', value = '']) => [path, value])) // prettier-ignore

describe('a report of CDRs alone', () => {
  it('has the same metrics and latencies as the summary of the run', async () => {
    const ofCdrs = figuresIn(await pageOf(run.cdrs))
    const ofSummary = figuresIn(await pageOf(run.summaryFile))
    const same = [...ofCdrs].filter(([path]) =>
      /^(metrics|latencyMs|health|launched|answered|failed|causes)/.test(path),
    )
    expect(same.length).toBeGreaterThan(50)
    for (const [path, value] of same)
      // The time observed ends with the last call by the CDRs, and with the run by the summary.
      if (path !== 'metrics.erlangs') expect([path, value]).toEqual([path, ofSummary.get(path)])
  })
})

describe('the calls that can be looked at', () => {
  it('have all that the rows say of them', async () => {
    const [sources] = await findRuns([run.cdrs])
    const { calls } = await readRun(sources as NonNullable<typeof sources>)
    const noted = [...(calls?.noted.slow ?? []), ...(calls?.noted.failed ?? [])]
    expect(noted.length).toBeGreaterThan(60)
    for (const { cdr } of noted) expect(cdr).toEqual(run.rows.find((row) => row.call_uuid === cdr.call_uuid))
  })
})

describe('a report of CDRs and summary', () => {
  it('says that they agree; or where they do not', async () => {
    expect(await pageOf(run.cdrs, run.summaryFile)).toContain('measured again it gives the same figures')
    const half = join(run.dir, 'half.csv')
    const { readFile } = await import('node:fs/promises')
    const lines = (await readFile(run.cdrs, 'utf8')).split('\n')
    await writeFile(half, lines.slice(0, 101).join('\n') + '\n')
    const page = await pageOf(half, run.summaryFile)
    expect(page).not.toContain('measured again it gives the same figures')
    expect(page).toContain(`calls: ${run.summary.launched} in the summary, 100 by the CDRs`)
  })

  it('has what was measured beside the calls', async () => {
    expect(await pageOf(run.cdrs, run.summaryFile)).toContain('Measured by CallsUp')
  })
})

describe('a page', () => {
  it('holds nothing that asks for anything, and lets only its own scripts run', async () => {
    const page = await pageOf(run.cdrs, run.summaryFile)
    expect(page).not.toMatch(/<(link|iframe|img|object|embed)\b|\bsrc=|@import|url\(/i)
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\S+' 'sha256-\S+'$/,
    )
    expect(page.length).toBeLessThan(1_500_000)
  })

  it('has nothing from outside as markup: what is hostile is text', async () => {
    const page = (await createReporter()).page([hostile(run.live)])
    expect(page).not.toContain('<img')
    expect(page.match(/<script/g)).toHaveLength(3)
    expect(page).toContain('&lt;img src=x onerror=&quot;window.pwned=1;alert(1)&quot;&gt;')
    const [, data = ''] = /id="charts">(.*?)<\/script>/s.exec(page) ?? []
    expect(JSON.stringify(JSON.parse(data))).toContain(JSON.stringify(HOSTILE).slice(1, -1))
  })
})

describe('the ladder of a CDR', () => {
  it('has the stamps of both legs in their order, from the launch on', () => {
    const [row] = run.rows.filter((each) => each.hangup_cause === 'USER_BUSY')
    const { lanes, rows } = cdrLadder({ ...(row as (typeof run.rows)[number]), callee_uuid: 'b', callee_create_ms: (row?.caller_create_ms ?? 0) + 1 }) // prettier-ignore
    expect(lanes.map(({ title }) => title)).toEqual(['controller', 'caller', 'callee'])
    expect(rows.map(({ label, from, to }) => [label, from, to])).toEqual([
      ['originate', 0, 1],
      ['CHANNEL_CREATE', 1, 0],
      ['CHANNEL_CREATE', 2, 0],
      ['CHANNEL_PROGRESS', 1, 0],
      ['CHANNEL_HANGUP USER_BUSY (SIP 486)', 1, 0],
    ])
    expect(rows.every(({ t }, i) => t >= (rows[i - 1]?.t ?? 0))).toBe(true)
  })

  it('is that of the switch where there was no channel', () => {
    const [row] = run.rows
    const bare = Object.fromEntries(Object.keys(row ?? {}).map((name) => [name, undefined]))
    const { lanes, rows } = cdrLadder({ ...bare, node: 'fs1', job_launch_ms: 1, hangup_cause: 'DESTINATION_OUT_OF_ORDER' } as never) // prettier-ignore
    expect(lanes.map(({ title }) => title)).toEqual(['controller', 'switch'])
    expect(rows.map(({ label }) => label)).toEqual(['originate', '-ERR DESTINATION_OUT_OF_ORDER'])
  })
})

describe('the runs that files are of', () => {
  it('go together by their names, or because there is one of each', async () => {
    const names = async (...paths: string[]): Promise<(string | undefined)[][]> =>
      (await findRuns(paths)).map(({ cdrs, summary }) => [cdrs[0], summary])
    expect(await names(run.cdrs, run.summaryFile)).toEqual([[run.cdrs, run.summaryFile]])
    const dir = join(run.dir, 'two')
    await mkdir(dir)
    const files = ['a.csv', 'a.json', 'b.ndjson', 'c.json'].map((name) => join(dir, name))
    for (const file of files) await writeFile(file, '')
    const [a, aSummary, b, c] = files
    const expected = [[a, aSummary], [b, undefined], [undefined, c]]
    expect(await names(...files)).toEqual(expected)
    expect(await names(dir)).toEqual(expected)
  }) // prettier-ignore

  it('must be there, and be what they seem', async () => {
    const refused = async (content: string | undefined, name: string, message: RegExp): Promise<void> => {
      const file = join(run.dir, name)
      if (content !== undefined) await writeFile(file, content)
      await expect(report([file], { out: join(run.dir, 'out.html') })).rejects.toThrow(message)
    }
    await refused(undefined, 'none.csv', /there is none at/)
    await refused(undefined, 'none.json', /there is none at/)
    await refused('{', 'torn.json', /the summary of a run, as JSON/)
    await refused(
      '{"schemaVersion": 1}',
      'other.json',
      /summary of a run \(dial --summary\): it must have required/,
    )
    await refused('a,b\n1,2\n', 'other.csv', /to have a column call_uuid/)
    await refused('PAR1', 'x.parquet', /made of \.csv and \.ndjson/)
  })

  it('make a page where it was asked for', async () => {
    const out = join(run.dir, 'page.html')
    expect(await report([run.cdrs], { out })).toBe(`${out}\n`)
    await expect(report([run.cdrs], { out: join(run.dir, 'no/page.html') })).rejects.toThrow(
      /--out: cannot write/,
    )
  })
})

describe('a ladder on the page', () => {
  it('is well-formed SVG', async () => {
    const page = await pageOf(run.cdrs)
    const pictures = page.match(/<svg.*?<\/svg>/gs) ?? []
    expect(pictures.length).toBeGreaterThan(50)
    const onError = (level: string, message: string): never => {
      throw new Error(`${level}: ${message}`)
    }
    for (const picture of pictures.slice(0, 20))
      new DOMParser({ onError }).parseFromString(picture, 'text/xml')
  })
})
