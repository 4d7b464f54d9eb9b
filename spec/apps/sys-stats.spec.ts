import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { loadBetween, parseProcStat } from '../../lib/apps/machine-load.ts'
import { parseStatus } from '../../lib/apps/switch-status.ts'
import { sysStats, SYS_STATS_COLUMNS, type SysStatsRow } from '../../lib/apps/sys-stats.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { sleep } from '../../lib/clock.ts'
import { call, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'

describe('SysStats', () => {
  it('samples the machine and the switch, in time, until it is unloaded', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'switchix-')), 'sys.csv')
    const told: SysStatsRow[] = []
    const app = sysStats({ interval: 500, file, onSample: (row) => told.push(row) })
    await onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const loaded = await client.load(app, { measurer: true })
        const started = clock.now()
        await sleep(clock, 1100)
        const { caller } = await call(client)
        await sleep(clock, 1000)
        await caller.hangup()
        await sleep(clock, 1000)
        await loaded.unload()
        await sleep(clock, 5000)
        const { samples } = app
        expect(samples.map(({ time_ms }) => Math.round((time_ms - started) / 100) * 100)).toEqual([
          500, 1000, 1500, 2000, 2500, 3000,
        ])
        expect(told).toEqual(samples)
        const sessions = [0, 0, 2, 2, 0, 0]
        expect(samples.map(({ node_sessions }) => node_sessions)).toEqual(sessions)
        expect(samples.map(({ active_sessions }) => active_sessions)).toEqual(sessions)
        expect(samples.map(({ erlangs }) => erlangs)).toEqual([0, 0, 1, 1, 0, 0])
        for (const row of samples) {
          expect(row).toMatchObject({
            node: client.name,
            node_idle_cpu_percent: 100,
            node_max_sessions: 100_000,
          })
          expect(row.phymem_percent_usage).toBeGreaterThan(0)
          expect(row.phymem_percent_usage).toBeLessThan(100)
          expect(row.process_rss_mb).toBeGreaterThan(10)
          expect(row.process_cpu_percent).toBeGreaterThanOrEqual(0)
        }
        const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
        expect([lines[0], lines.length]).toEqual([Object.keys(SYS_STATS_COLUMNS).join(), 7])
        expect(failures).toEqual([])
      },
      { apps: [tonePlay()] },
    )
  })

  it('leaves no timer and no open file behind when its client closes', () =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      await client.load(sysStats())
      await sleep(clock, 2500)
      await client.close()
    }))

  test('CPU shares are those of the time between two readings', () => {
    const before = parseProcStat('cpu  100 20 30 1000 50 5 5 10 7 7\ncpu0 1 2 3 4\n')
    expect(before).toEqual({ user: 120, system: 50, idle: 1000, iowait: 50 })
    if (!before) throw new Error('not parsed')
    expect(loadBetween(before, { user: 150, system: 60, idle: 1050, iowait: 60 })).toEqual({
      total_cpu_percent: 40,
      percent_cpu_usr: 30,
      percent_cpu_sys: 10,
      percent_cpu_idle: 50,
      percent_cpu_iow: 10,
    })
    expect(loadBetween(before, before).total_cpu_percent).toBeUndefined()
    expect(
      loadBetween({ ...before, iowait: undefined }, { ...before, idle: 1010, iowait: undefined }),
    ).toMatchObject({
      percent_cpu_idle: 100,
      percent_cpu_iow: undefined,
    })
    expect(parseProcStat('intr 1 2 3')).toBeUndefined()
  })

  test('what a switch says of itself is read off its status', () => {
    const status =
      'UP 0 years, 0 days, 0 hours, 5 minutes, 31 seconds, 412 milliseconds, 119 microseconds\n' +
      'FreeSWITCH (Version 1.10.12-release) is ready\n' +
      '171 session(s) since startup\n4 session(s) - peak 22, last 5min 22 \n' +
      '3 session(s) per Sec out of max 30, peak 12, last 5min 12 \n' +
      '1000 session(s) max\nmin idle cpu 5.00/87.33\nCurrent Stack Size/Max 240K/8192K\n'
    expect(parseStatus(status)).toEqual({
      node_sessions: 4,
      node_sessions_peak: 22,
      node_sessions_per_sec: 3,
      node_max_sessions_per_sec: 30,
      node_max_sessions: 1000,
      node_idle_cpu_percent: 87.33,
    })
    expect(Object.values(parseStatus('-ERR no\n')).every((value) => value === undefined)).toBe(true)
  })
})
