import type { Clock, TimerHandle } from '../../clock.ts'
import type { Timeline } from '../../measure/summary/timeline.ts'
import type { Tally } from '../tally.ts'
import type { HealthMeter } from './health.ts'

/** Takes the samples of a run's timeline. */
export interface TimelineSampler {
  start(): void
  /** The run is over: takes the last sample. */
  stop(): void
  readonly timeline: Timeline
}

export interface TimelineOptions {
  readonly clock: Clock
  readonly tally: Tally
  readonly health: Pick<HealthMeter, 'takeWorstLag'>
  /** Calls per second that are wanted now; NaN where the traffic does not tell. */
  readonly rate: () => number
}

/** How often a sample is taken at first, in ms, and how many are kept at the most. */
const INTERVAL = 100
const MOST = 600

type Columns = Record<keyof Timeline, (number | null)[]>

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000

/** The longer of two, either of which may not be known. */
const longer = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)

/** Keeps every other sample, the first and the last among them; what is a maximum takes in the one that goes. */
const thinOut = (columns: Columns): void => {
  const worst = ['launchLagMaxMs', 'loopDelayMaxMs'] as const
  for (const name of worst)
    columns[name] = columns[name].map((value, i, all) => (i % 2 ? value : longer(value, all[i - 1] ?? null)))
  for (const name of Object.keys(columns) as (keyof Timeline)[])
    columns[name] = columns[name].filter((_, i) => i % 2 === 0)
}

/** Samples a run every 100 ms; every 200 ms once it has taken a minute, and so on: never more than 600 samples. */
export const createTimeline = ({ clock, tally, health, rate }: TimelineOptions): TimelineSampler => {
  const columns: Columns = {
    atMs: [], offered: [], launched: [], dropped: [], answered: [], failed: [], active: [], askedPerSecond: [],
    launchLagMaxMs: [], loopDelayMaxMs: [], cpuMs: [],
  } // prettier-ignore
  let interval = INTERVAL
  let [started, due] = [0, 0]
  let cpu: NodeJS.CpuUsage | undefined
  let timer: TimerHandle | undefined

  const sample = (): void => {
    const now = clock.now()
    const { user, system } = process.cpuUsage(cpu)
    const asked = rate()
    columns.atMs.push(rounded(now - started))
    for (const name of ['offered', 'launched', 'dropped', 'answered', 'failed', 'active'] as const)
      columns[name].push(tally[name])
    columns.askedPerSecond.push(Number.isNaN(asked) ? null : rounded(asked))
    columns.launchLagMaxMs.push(health.takeWorstLag())
    columns.loopDelayMaxMs.push(rounded(Math.max(0, now - due)))
    columns.cpuMs.push(rounded((user + system) / 1000))
    if (columns.atMs.length <= MOST) return
    thinOut(columns)
    interval *= 2
  }

  const wait = (): void => {
    due = clock.now() + interval
    timer = clock.setTimeout(
      () => {
        sample()
        wait()
      },
      interval,
      true,
    )
  }

  return {
    start() {
      started = clock.now()
      due = started
      cpu = process.cpuUsage()
      sample()
      wait()
    },
    stop() {
      if (!timer) return
      clock.clearTimeout(timer)
      timer = undefined
      due = clock.now()
      sample()
    },
    get timeline() {
      return structuredClone(columns) as unknown as Timeline
    },
  }
}
