import { createMeasure, type Figure, type Kind, type Measure } from '../app/measure.ts'
import type { Clock, TimerHandle } from '../clock.ts'
import { createRowStore } from '../measure/store/row-store.ts'
import type { Client, ClientApp } from '../service/client.ts'
import { createLatest } from './latest.ts'
import { loadBetween, memoryAndLoad, readCpuTimes, type MachineLoad } from './machine-load.ts'
import { callback, duration, text, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'
import { shareStore } from './share-store.ts'
import { parseStatus, type SwitchStatus } from './switch-status.ts'

/** One row a switch and sample: first this machine, which controls the calls, then the switch. */
export interface SysStatsRow extends MachineLoad, SwitchStatus {
  /** Milliseconds since the epoch, by the client's clock. */
  readonly time_ms: number
  /** `host:port` of the switch. */
  readonly node: string
  readonly phymem_percent_usage: number
  /** Over the last minute. */
  readonly load_avg: number
  /** Of this process, in per cent of one processor, and in MB. */
  readonly process_cpu_percent: number | undefined
  readonly process_rss_mb: number
  /** What this client has up on the switch. */
  readonly active_sessions: number
  readonly erlangs: number
}

export interface SysStatsOptions {
  /** How often, in ms. Default 1000. */
  readonly interval?: number
  /** The file that the rows go to, CSV or (`.ndjson`) lines of JSON; an older one is replaced. Default: none. */
  readonly file?: string
  /** Told of each row. */
  readonly onSample?: ((row: SysStatsRow) => void) | undefined
}

export const SYS_STATS_OPTIONS: OptionTable<SysStatsOptions> = {
  interval: duration(1000, 'how often', { min: 10 }),
  file: text('', 'the file that the rows go to, CSV or .ndjson; empty for none'),
  onSample: callback('told of each row'),
}

/** The columns of its file, in order. */
export const SYS_STATS_COLUMNS = {
  time_ms: 'number',
  node: 'text',
  total_cpu_percent: 'number',
  percent_cpu_sys: 'number',
  percent_cpu_usr: 'number',
  percent_cpu_idle: 'number',
  percent_cpu_iow: 'number',
  phymem_percent_usage: 'number',
  load_avg: 'number',
  process_cpu_percent: 'number',
  process_rss_mb: 'number',
  node_idle_cpu_percent: 'number',
  node_sessions: 'number',
  node_sessions_peak: 'number',
  node_sessions_per_sec: 'number',
  node_max_sessions_per_sec: 'number',
  node_max_sessions: 'number',
  active_sessions: 'number',
  erlangs: 'number',
} as const satisfies Record<keyof SysStatsRow, Kind>

/** Its panels in a report. */
export const SYS_STATS_FIGURES: readonly Figure[] = [
  {
    title: 'CPU of the controller',
    unit: '%',
    time: 'time_ms',
    series: ['total_cpu_percent', 'process_cpu_percent'],
  },
  {
    title: 'Idle CPU of the switches',
    unit: '%',
    time: 'time_ms',
    series: ['node_idle_cpu_percent'],
    by: 'node',
  },
  {
    title: 'Sessions on the switches',
    unit: 'sessions',
    time: 'time_ms',
    series: ['node_sessions'],
    by: 'node',
  },
]

/** The app, and what it has sampled. */
export interface SysStatsApp extends ClientApp {
  /** The latest 1000 rows. */
  readonly samples: readonly SysStatsRow[]
  readonly measure: Measure
}

/** The extremes of the run, for its summary. */
const createExtremes = (): { note(row: SysStatsRow): void; metrics(): Record<string, number | null> } => {
  const metrics: Record<string, number | null> = {
    cpu_percent_max: null,
    process_cpu_percent_max: null,
    process_rss_mb_max: null,
    node_idle_cpu_percent_min: null,
    node_sessions_max: null,
  }
  const keep = (name: string, value: number | undefined, choose: (...values: number[]) => number): void => {
    if (value !== undefined) metrics[name] = choose(value, metrics[name] ?? value)
  }
  return {
    note(row) {
      keep('cpu_percent_max', row.total_cpu_percent, Math.max)
      keep('process_cpu_percent_max', row.process_cpu_percent, Math.max)
      keep('process_rss_mb_max', row.process_rss_mb, Math.max)
      keep('node_idle_cpu_percent_min', row.node_idle_cpu_percent, Math.min)
      keep('node_sessions_max', row.node_sessions, Math.max)
    },
    metrics: () => ({ ...metrics }),
  }
}

/** Samples one switch, and this machine beside it; each sample covers the time since the one before. */
const createSampler = (client: Client): (() => Promise<SysStatsRow>) => {
  let cpu = readCpuTimes()
  let used = process.cpuUsage()
  let at = process.hrtime.bigint()
  return async () => {
    const status = parseStatus(await client.api('status'))
    const [cpuBefore, usedBefore, atBefore] = [cpu, used, at]
    cpu = readCpuTimes()
    used = process.cpuUsage()
    at = process.hrtime.bigint()
    const passedUs = Number(at - atBefore) / 1000
    const usedUs = used.user - usedBefore.user + used.system - usedBefore.system
    return {
      time_ms: client.clock.now(),
      node: client.name,
      ...loadBetween(cpuBefore, cpu),
      ...memoryAndLoad(),
      process_cpu_percent: passedUs > 0 ? Math.round((usedUs / passedUs) * 10_000) / 100 : undefined,
      process_rss_mb: Math.round(process.memoryUsage.rss() / 10_485.76) / 100,
      ...status,
      active_sessions: client.countSessions(),
      erlangs: client.countCalls(),
    }
  }
}

/**
 * Calls `task` every `interval` ms, never twice at once; the timers keep no process alive. Gives what ends that, and
 * resolves when the last one is over.
 */
const every = (clock: Clock, interval: number, task: () => Promise<void>): (() => Promise<void>) => {
  let timer: TimerHandle | undefined
  let running = Promise.resolve()
  let stopped = false
  const wait = (): void => {
    if (stopped) return
    const run = (): void => {
      running = task().finally(wait)
    }
    timer = clock.setTimeout(run, interval, true)
  }
  wait()
  return () => {
    stopped = true
    clock.clearTimeout(timer)
    return running
  }
}

/**
 * Samples, as long as it is loaded, the CPU, memory and load of the machine that we run on, and by its `status` the idle CPU
 * and the sessions of each switch. A switch that does not answer has no row until it does.
 */
export const sysStats = (options: SysStatsOptions = {}): SysStatsApp => {
  const { interval, file, onSample } = readOptions('SysStats', SYS_STATS_OPTIONS, options)
  const samples = createLatest<SysStatsRow>()
  const extremes = createExtremes()
  const { measure, append } = createMeasure(SYS_STATS_COLUMNS, {
    metrics: extremes.metrics,
    figures: SYS_STATS_FIGURES,
  })
  const store = shareStore<SysStatsRow>(() =>
    file === '' ? undefined : createRowStore<SysStatsRow>(file, SYS_STATS_COLUMNS),
  )
  return {
    name: 'SysStats',
    samples: samples.items,
    measure,
    async *prepost({ client, log }) {
      const { rows, leave } = await store.join()
      const sample = createSampler(client)
      const stop = every(client.clock, interval, async () => {
        try {
          const row = await sample()
          samples.add(row)
          extremes.note(row)
          append(row)
          rows?.append(row)
          onSample?.(row)
        } catch (error) {
          log('%s: no sample: %O', client.name, error)
        }
      })
      yield
      await stop()
      await leave()
    },
  }
}
