import type { Clock } from '../clock.ts'
import { messageOf } from '../errors.ts'
import type { HealthMeter } from './health/health.ts'
import { secondHalfPerCallMs } from './health/second-half.ts'
import { createTimeline } from './health/timeline.ts'
import type { NodeLoad } from './nodes/node-load.ts'
import { parseThreshold } from '../measure/threshold.ts'
import { figuresOfMeasures, panelsOfMeasures, type RunMeasure } from './measurers.ts'
import { runMetrics } from './metrics.ts'
import { figuresOf, ratesOf, type Progress, type RunSummary } from './summary.ts'
import type { Tally } from './tally.ts'

export interface ReportOptions {
  readonly tally: Tally
  readonly health: HealthMeter
  readonly loads: readonly NodeLoad[]
  readonly clock: Clock
  /** Calls per second that are wanted now; NaN where the traffic does not tell. */
  readonly rate: () => number
  readonly seed: number
  readonly warnings: readonly string[]
  readonly thresholds: readonly string[]
  readonly measures: readonly RunMeasure[]
  /** What ended the run before its time, where that was an error. */
  readonly failure: () => { readonly error: unknown } | undefined
  /** What hangs up the calls of the run. */
  readonly hangUp: readonly string[]
}

/** Keeps the times of a run, and tells how it goes and how it went. */
export interface Report {
  started(): void
  /** No more calls are placed. */
  stopped(): void
  /** The last call is over. */
  ended(): void
  progress(state: Progress['state'], rate: number, paused: boolean): Progress
  summary(): RunSummary
}

export const createReport = (options: ReportOptions): Report => {
  const { tally, health, loads, clock, seed, warnings, measures } = options
  const sampler = createTimeline(options)
  let started: number | undefined
  let stopped: number | undefined
  let ended: number | undefined

  const since = (end: number | undefined): number =>
    started === undefined ? 0 : (end ?? clock.now()) - started

  const lost = (): string[] =>
    loads.flatMap(({ client }) =>
      client.connected || !client.lost ? [] : [`${client.name} was lost: ${client.lost.message}`],
    )
  const doubtful = (): string[] =>
    loads.flatMap(({ client: { name }, turnedUp, unknown, left }) => [
      ...(turnedUp === 0
        ? []
        : [`${name} placed ${turnedUp} calls after they were given up: each was hung up as it came up`]),
      ...(unknown === 0
        ? []
        : [
            `${name} has not said what became of ${unknown} calls that were given up, and may place them yet; ` +
              `to hang them up: ${options.hangUp.join('; ')}`,
          ]),
      ...(left === 0
        ? []
        : [
            `${name} has not said that ${left} calls ended, which were to be hung up, and may have them yet; ` +
              `to hang them up: ${options.hangUp.join('; ')}`,
          ]),
    ])
  const refused = (): string[] =>
    Array.from(tally.errors, ([code, message]) => `calls failed with ${code}: ${message}`)

  const outcome = (): RunSummary['outcome'] => {
    if (options.failure()) return 'failed'
    if (loads.some(({ client }) => !client.connected && (client.lost ?? client.state !== 'closed')))
      return 'lost'
    return ended === undefined ? 'running' : 'completed'
  }
  const error = (): string | null => {
    const failure = options.failure()
    return failure ? messageOf(failure.error) : (lost()[0] ?? null)
  }

  const judge = (): RunSummary['thresholds'] => {
    const { launchLag } = health
    const metrics = runMetrics(() => ({
      tally,
      launchLag,
      perCallMs: health.perCallMs(tally.launched),
      durationMs: since(ended),
    }))
    return options.thresholds.map((text) => parseThreshold(text, metrics).judge())
  }

  return {
    started() {
      started = clock.now()
      sampler.start()
    },
    stopped: () => void (stopped ??= clock.now()),
    ended() {
      ended ??= clock.now()
      sampler.stop()
    },
    progress: (state, rate, paused) => ({
      ...figuresOf(tally, loads),
      elapsedMs: since(ended),
      rate: Number.isNaN(rate) ? null : rate,
      state,
      paused,
      active: tally.active,
      launchLagMs: health.launchLag.summary(),
    }),
    summary: () => ({
      schemaVersion: 1,
      outcome: outcome(),
      error: error(),
      files: [],
      startedAt: started === undefined ? null : new Date(started).toISOString(),
      seed,
      ...figuresOf(tally, loads),
      callsPerSecond: ratesOf(tally),
      metrics: tally.metrics.summary(since(ended)),
      measures: figuresOfMeasures(measures),
      panels: panelsOfMeasures(measures),
      durationMs: Math.round(since(ended)),
      originatingMs: Math.round(since(stopped)),
      health: health.report(tally, secondHalfPerCallMs(sampler.timeline, since(stopped))),
      timeline: sampler.timeline,
      thresholds: judge(),
      warnings: [...warnings, ...health.warnings, ...lost(), ...refused(), ...doubtful()],
    }),
  }
}
