import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulate } from '../../lib/sim/simulate.ts'
import type { RunSummary } from '../../lib/dial/summary.ts'
import { codeOf } from './dial-code.ts'
import { runCli } from './run-cli.ts'

let dir = ''

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-dial-'))
})
afterAll(() => rm(dir, { recursive: true }))

const summaryOf = async (file: string): Promise<RunSummary> =>
  JSON.parse(await readFile(join(dir, file), 'utf8')) as RunSummary

describe('switchix dial', () => {
  test('200 calls at 50/s on the embedded switch: the summary and a CDR a call', async () => {
    const options = '--rate 50 --limit 100 --max-offered 200 --duration 1s'.split(' ')
    const files = ['--summary', join(dir, 's.json'), '--cdr', join(dir, 'c.csv')]
    const { code, stdout, stderr } = await runCli(['dial', 'sim', ...options, ...files])
    const summary = await summaryOf('s.json')
    expect({ code, stderr }).toEqual({ code: codeOf(summary), stderr: '' })
    expect(stdout).toMatch(/offered 200\s+launched 200\s+dropped 0\s+answered 200\s+failed 0/)
    expect(summary).toMatchObject({ schemaVersion: 1, offered: 200, launched: 200, answered: 200, failed: 0 })
    expect(summary.causes).toEqual({ NORMAL_CLEARING: 200 })
    expect(summary.durationMs).toBeGreaterThan(4900)
    for (const latency of [summary.latencyMs.setup, summary.latencyMs.answer])
      for (const figure of ['avg', 'p50', 'p95', 'p99', 'max'] as const)
        expect(latency[figure], figure).toBeGreaterThanOrEqual(0)

    const [header = '', ...rows] = (await readFile(join(dir, 'c.csv'), 'utf8')).trimEnd().split('\n')
    expect(rows).toHaveLength(200)
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(200)
    for (const row of rows) expect(row.split(',')).toHaveLength(header.split(',').length)
  })

  test('names each file that it has written, those beside the CDRs, too, and their rows', async () => {
    const file = (name: string): string => join(dir, name)
    const files = ['--cdr', file('n.csv'), '--summary', file('n.json'), '--junit', file('n.xml'), '--report', file('n.html')] // prettier-ignore
    const load = '--rate 20 --max-offered 5 --duration 200ms --measure SysStats'.split(' ')
    const { stdout } = await runCli(['dial', 'sim', ...load, ...files])
    const { files: counted } = await summaryOf('n.json')
    const listed = Array.from(stdout.matchAll(/^ {4}(\/\S+)(?: +(\d+) rows?)?$/gm), ([, path, rows]) => [
      path,
      rows,
    ])
    expect(listed).toEqual([
      ...counted.map(({ path, written }) => [path, String(written)]),
      ...['n.json', 'n.xml', 'n.html'].map((name) => [file(name), undefined]),
    ])
    expect(listed[0]).toEqual([file('n.csv'), '5'])
    expect(counted.length).toBe(2)
    for (const [path = '', rows] of listed) {
      const text = await readFile(path, 'utf8')
      if (rows !== undefined) expect(text.trimEnd().split('\n').length - 1, path).toBe(Number(rows))
    }
  })

  test('another process serves: a switch by its port, whose channels are all gone afterwards', async () => {
    await using sw = await simulate()
    const options = '--max-offered 20 --duration 100ms --summary'.split(' ')
    const { code, stdout, stderr } = await runCli([
      'dial',
      `127.0.0.1:${sw.port}`,
      ...options,
      join(dir, 'other.json'),
    ])
    expect(stdout + stderr).toMatch(/answered 20 /)
    expect(sw.channels()).toBe(0)
    expect(code, stdout + stderr).toBe(codeOf(await summaryOf('other.json')))
  })

  test('calls that fail are told with their cause; whether that is good or bad a threshold says', async () => {
    await using sw = await simulate({ dialplan: () => [{ app: 'respond', arg: '486' }] })
    const args = ['dial', `127.0.0.1:${sw.port}`, '--max-offered', '5', '--summary', join(dir, 'busy.json')]
    const { code, stdout } = await runCli([...args, '--threshold', 'failed==5', '--threshold', 'asr>98%'])
    const summary = await summaryOf('busy.json')
    expect(code, stdout).toBe(codeOf(summary, 99))
    expect(stdout).toMatch(/ kept {6}failed==5 {2}\(5\.000\)/)
    expect(stdout).toMatch(/NOT KEPT {2}asr>98% {2}\(0\.000\)/)
    expect(stdout).toMatch(/5 {2}USER_BUSY/)
    const latency = { avg: null, p50: null, p95: null, p99: null, max: null }
    expect(summary).toMatchObject({
      answered: 0,
      failed: 5,
      causes: { USER_BUSY: 5 },
      latencyMs: { setup: latency, answer: latency },
    })
  })

  test('arrivals that find the limit reached are dropped, counted, and are told', async () => {
    const args = '--rate 100 --limit 2 --max-offered 50 --duration 200ms --summary'.split(' ')
    const { code, stdout } = await runCli(['dial', 'sim', ...args, join(dir, 'limit.json')])
    const summary = await summaryOf('limit.json')
    expect(code, stdout).toBe(codeOf(summary))
    const { offered, launched, dropped, answered } = summary
    expect({ offered, sum: launched + dropped, answered }).toEqual({
      offered: 50,
      sum: 50,
      answered: launched,
    })
    expect(dropped).toBeGreaterThan(0)
  })
})
