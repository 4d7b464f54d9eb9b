import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CDR_COLUMNS, type CallDetailRecord } from '../../../lib/measure/cdr/cdr.ts'
import { createLatency } from '../../../lib/measure/latency.ts'
import { measureCdrs } from '../../../lib/measure/metrics/measure-cdrs.ts'
import { queryRuns } from '../../../lib/measure/query/query.ts'
import { createRowStore } from '../../../lib/measure/store/row-store.ts'

let dir = ''

/** Calls of a run: answered after 100 ms and held for a second, but for every fifth, which is busy. */
const cdrOf = (run: number, n: number): CallDetailRecord => {
  const nothing = Object.fromEntries(Object.keys(CDR_COLUMNS).map((name) => [name, undefined]))
  const [at, busy] = [1_795_384_437_000 + n * 10, n % 5 === 0]
  return {
    ...nothing,
    call_uuid: `${run}-${n}`,
    app: 'say "hi",\nit\'s me',
    node: 'fs1:8021',
    hangup_cause: busy ? 'USER_BUSY' : 'NORMAL_CLEARING',
    caller_create_ms: at + 0.125,
    caller_answer_ms: busy ? undefined : at + 100.125,
    caller_hangup_ms: at + (busy ? 50 : 1100),
    caller_sip_status: busy ? 486 : 200,
    failed_calls: 0,
    active_sessions: n,
    erlangs: n,
  } as unknown as CallDetailRecord
}

const writeRun = async (path: string, run: number, calls: number): Promise<void> => {
  const store = await createRowStore<CallDetailRecord>(path, CDR_COLUMNS)
  for (let n = 0; n < calls; n++) store.append(cdrOf(run, n))
  await store.close()
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-query-spec-'))
  await mkdir(join(dir, 'runs'))
  await writeRun(join(dir, 'runs/a.csv'), 1, 50)
  await writeRun(join(dir, 'runs/b.ndjson'), 2, 30)
  await writeFile(
    join(dir, 'runs/a.SysStats.csv'),
    'time_ms,node,cpu_percent\n1,fs1:8021,12.5\n2,fs1:8021,\n',
  )
})
afterAll(() => rm(dir, { recursive: true }))

const BY_CAUSE = 'select hangup_cause, count(*) as calls from cdrs group by hangup_cause order by calls desc;'

describe('SQL over runs', () => {
  it('reads files that were put together (cat a.csv b.csv) as both, also where the first was cut off or has other columns', async () => {
    const a = await readFile(join(dir, 'runs/a.csv'), 'utf8')
    const few = 'call_uuid,caller_create_ms\nz,5\n'
    const path = join(dir, 'cat.csv')
    // The last row of the second was never finished: the head behind it is on its line.
    await writeFile(path, a + a.slice(0, -9) + a + few)
    const { rows } = await queryRuns({ runs: [path], sql: 'select count(*), count(hangup_cause) from cdrs' })
    expect(rows).toEqual([[150, 149]])
    expect((await measureCdrs([path])).calls).toBe(150)
  })

  it('takes the nearest rank with quantile_disc, as the metrics do', async () => {
    const values = Array.from({ length: 51 }, (_, i) => (i * 17) % 51)
    const latency = createLatency()
    for (const ms of values) latency.record(ms)
    const ps = [1, 50, 90, 95, 98, 99, 99.9, 100]
    const sql = `select ${ps.map((p) => `quantile_disc(v, ${p / 100})`).join()} from (values ${values.map((v) => `(${v})`).join()}) as t(v)`
    const { rows } = await queryRuns({ runs: [join(dir, 'runs/a.csv')], sql })
    expect(rows[0]).toEqual(ps.map((p) => latency.percentile(p)))
  })

  it.each(['a.csv', 'b.ndjson'])(
    'asks the CDRs of %s, numbers being numbers and nothing null',
    async (name) => {
      const { columns, rows } = await queryRuns({
        runs: [join(dir, 'runs', name)],
        sql: 'select call_uuid, app, caller_answer_ms - caller_create_ms as setup, callee_uuid, run from cdrs order by erlangs limit 2',
      })
      const [run, path] = [name === 'a.csv' ? 1 : 2, join(dir, 'runs', name)]
      expect(columns).toEqual(['call_uuid', 'app', 'setup', 'callee_uuid', 'run'])
      expect(rows).toEqual([
        [`${run}-0`, 'say "hi",\nit\'s me', null, null, path],
        [`${run}-1`, 'say "hi",\nit\'s me', 100, null, path],
      ])
    },
  )

  it.each([
    ['a folder', 'runs'],
    ['a pattern', 'runs/?.*'],
  ])('asks several runs at once, by %s; CSV beside lines of JSON', async (_, text) => {
    const { rows } = await queryRuns({ runs: [join(dir, text)], sql: BY_CAUSE })
    expect(rows).toEqual([
      ['NORMAL_CLEARING', 64],
      ['USER_BUSY', 16],
    ])
  })

  it('has a table of what was measured beside the calls', async () => {
    const { rows } = await queryRuns({
      runs: [join(dir, 'runs/a.csv')],
      sql: 'select time_ms, cpu_percent from SysStats order by time_ms',
    })
    expect(rows).toEqual([
      [1, 12.5],
      [2, null],
    ])
  })

  it('leaves out a row that was not written to its end', async () => {
    const path = join(dir, 'torn.csv')
    const text = await readFile(join(dir, 'runs/a.csv'), 'utf8')
    // Without its line end the last row looks whole, but for its last figure.
    await writeFile(path, text.slice(0, -2))
    const { rows } = await queryRuns({ runs: [path], sql: 'select count(*), max(erlangs) from cdrs' })
    expect(rows).toEqual([[49, 48]])
  })

  it('writes Parquet, which can be asked again', async () => {
    const parquet = join(dir, "it's.parquet")
    await queryRuns({ runs: [join(dir, 'runs')], sql: 'from cdrs', parquet })
    const { rows } = await queryRuns({ runs: [parquet], sql: BY_CAUSE })
    expect(rows).toEqual([
      ['NORMAL_CLEARING', 64],
      ['USER_BUSY', 16],
    ])
  })

  it.each([
    ['SQL that is none', 'runs/a.csv', 'selec 1', /Parser Error/],
    ['a table that there is not', 'runs/a.csv', 'from calls', /calls does not exist/],
    ['a run that there is not', 'none.csv', 'from cdrs', /there is none at .*none\.csv/],
    ['a pattern that nothing has', 'x*.csv', 'from cdrs', /there is none at .*x\*\.csv/],
  ])('refuses %s, and says so', async (_, run, sql, message) => {
    await expect(queryRuns({ runs: [join(dir, run)], sql })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringMatching(message) as string,
    })
  })

  it('says how to install DuckDB where it is not', async () => {
    vi.doMock('@duckdb/node-api', () => {
      throw new Error("Cannot find package '@duckdb/node-api'")
    })
    vi.resetModules()
    const fresh = await import('../../../lib/measure/query/query.ts')
    await expect(fresh.queryRuns({ runs: [dir], sql: 'from cdrs' })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringContaining('npm install @duckdb/node-api') as string,
    })
    vi.doUnmock('@duckdb/node-api')
  })
})

describe('the metrics of runs', () => {
  it('are those of all their calls, observed run by run', async () => {
    const copy = join(dir, 'copy.csv')
    await copyFile(join(dir, 'runs/a.csv'), copy)
    const { calls, observedMs, metrics } = await measureCdrs([
      join(dir, 'runs/a.csv'),
      join(dir, 'runs/b.ndjson'),
      copy,
    ])
    expect(calls).toBe(130)
    // From the first create, at 0.125, to the end of the last that was answered: 1100 after the 49th and the 29th began.
    expect(observedMs).toBeCloseTo(2 * (490 + 1100 - 0.125) + 290 + 1100 - 0.125, 3)
    const summary = metrics.summary(observedMs)
    expect(summary).toMatchObject({ bids: 130, answers: 104, asr: 0.8, ner: 1, ser: 0.8, seer: 1, scr: 0.8 })
    expect(summary.acdMs).toBeCloseTo(999.875, 6)
  })
})
