import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunSummary } from '../../lib/dial/summary.ts'
import { codeOf } from './dial-code.ts'
import { runCli } from './run-cli.ts'

let dir = ''
const file = (name: string): string => join(dir, name)

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-query-cli-'))
  const load = '--rate 50 --max-offered 20 --duration 300ms'.split(' ')
  const files = [
    '--cdr',
    file('run.csv'),
    '--junit',
    file('run.xml'),
    '--summary',
    file('run.json'),
    '--report',
    file('run.html'),
  ]
  const measured = ['--measure', 'SysStats/interval=50ms', '--threshold', 'acd>60m', '--prometheus', ':0']
  const { code, stderr } = await runCli(['dial', 'sim', ...load, ...files, ...measured])
  const summary = JSON.parse(await readFile(file('run.json'), 'utf8')) as RunSummary
  expect({ code, stderr }).toEqual({ code: codeOf(summary, 99), stderr: '' })
})
afterAll(() => rm(dir, { recursive: true }))

describe('switchix query, over a run of dial --measure --junit --prometheus', () => {
  test('without SQL gives the metrics, the same as the summary has', async () => {
    const { code, stdout } = await runCli(['query', file('run.csv'), '--format', 'json'])
    expect(code).toBe(0)
    const rows = JSON.parse(stdout) as { figure: string; value: number | null }[]
    const figures = Object.fromEntries(rows.map(({ figure, value }) => [figure, value]))
    const { metrics, measures } = JSON.parse(await readFile(file('run.json'), 'utf8')) as {
      metrics: Record<string, number> & { pddMs: Record<string, number> }
      measures: Record<string, Record<string, number>>
    }
    expect(figures).toMatchObject({ runs: 1, calls: 20, asr: metrics['asr'], acdMs: metrics['acdMs'] })
    expect(figures['pddMs.p95']).toBe(metrics.pddMs['p95'])
    expect(measures['SysStats']?.['node_sessions_max']).toBeGreaterThan(2)
  })

  test('asks the CDRs and what was measured beside them in SQL', async () => {
    const sql = 'select (select count(*) from cdrs) as calls, max(node_sessions) > 2 as many from SysStats'
    const { code, stdout } = await runCli(['query', file('run.csv'), sql, '--format', 'csv'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'calls,many\n20,true\n' })
  })

  test('writes Parquet', async () => {
    const { code, stdout } = await runCli(['query', file('run.csv'), '--parquet', file('run.parquet')])
    expect({ code, stdout }).toEqual({ code: 0, stdout: `20 rows are in ${file('run.parquet')}\n` })
    expect((await readFile(file('run.parquet'))).subarray(0, 4).toString()).toBe('PAR1')
  })

  test('the report of dial has the figures of the summary, and the panels of SysStats', async () => {
    const page = await readFile(file('run.html'), 'utf8')
    const { latencyMs } = JSON.parse(await readFile(file('run.json'), 'utf8')) as {
      latencyMs: { setup: { p95: number } }
    }
    expect(page).toContain(`<data data-figure="latencyMs.setup.p95" value="${latencyMs.setup.p95}"`)
    expect(page).toContain('Measured by SysStats')
    expect(page).toContain('measured again it gives the same figures')
  })

  test('a threshold that was not kept is a failed test case of the JUnit file', async () => {
    expect(await readFile(file('run.xml'), 'utf8')).toMatch(
      /tests="3" failures="[12]".*<testcase name="acd&gt;60m" classname="thresholds" time="0"><failure /s,
    )
  })
})

describe('exit code 2', () => {
  const failing = async (args: readonly string[], message: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await runCli(args)
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  }

  test('for a run that there is not', () =>
    failing(['query', file('none.csv'), 'from cdrs'], /there is none at .*none\.csv/))

  test('for SQL that is none', () => failing(['query', file('run.csv'), 'selec 1'], /Parser Error/))

  test('for CDRs that cannot be written, before the first call', () =>
    failing(['dial', 'sim', '--cdr', file('no/such/run.csv')], /--cdr: cannot write .*ENOENT/))

  test('for a report that cannot be written, before the first call', () =>
    failing(['dial', 'sim', '--report', file('no/such/run.html')], /--report: cannot write .*ENOENT/))

  test('for a port that somebody has, before the first call', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    await failing(
      ['dial', 'sim', '--prometheus', `127.0.0.1:${port}`],
      /cannot serve metrics at .*EADDRINUSE/,
    )
    server.close()
  })

  test('for an address that is none', () =>
    failing(['dial', 'sim', '--prometheus', 'here'], /\[host\]:port to listen on, such as :9464.*"here"/))
})
