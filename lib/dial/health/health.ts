import { systemClock, type Clock } from '../../clock.ts'
import { createLatency, type Latency, type LatencySummary } from '../../measure/latency.ts'
import type { Health } from '../../measure/summary/health.ts'
import { judge, LIMITS, type Arrivals } from './judge.ts'
import { measureLoopDelay, type LoopDelay } from './loop-delay.ts'
import { createReadLag } from './read-lag.ts'

/** Measures it. */
export interface HealthMeter {
  readonly launchLag: Latency
  /** A call is launched now that was wanted then; so long (ms) it waited for the originates in flight before it. */
  launched(dueAt: number, waited: number): void
  /** An answer came now that was given then, by the clock of that switch. */
  heard(node: string, at: number): void
  /** How far the clock of a switch is behind ours, with the way of an event at its quickest, in ms; where it is known. */
  offsetOf(node: string): number | undefined
  /** The longest that a call was launched late since this was asked last, in ms; null where none was launched. */
  takeWorstLag(): number | null
  /** Stops the clocks: the run is over. */
  stop(): void
  /** CPU time a call; null without any. */
  perCallMs(launched: number): number | null
  /** `secondHalf`: CPU time of a call in the second half of the run. */
  report(arrivals: Arrivals, secondHalf: number | null): Health
  /** What the user should know of the run, though it is valid. */
  readonly warnings: readonly string[]
}

const NOTHING: LatencySummary = { avg: null, p50: null, p95: null, p99: null, max: null }

export const createHealthMeter = (clock: Clock): HealthMeter => {
  const launchLag = createLatency()
  /** How far the clock of a switch is behind ours, and what the way of an event takes, at the least. */
  const offsets = new Map<string, number>()
  const lags: Latency = createLatency()
  /** What of them can be our own doing; in virtual time nobody else's. */
  const ownLags: Latency = createLatency()
  const readLag =
    clock === systemClock ? createReadLag(undefined, () => loop?.readAllAt ?? -Infinity) : undefined
  let cpu: NodeJS.CpuUsage | undefined
  let used: NodeJS.CpuUsage | undefined
  let loop: LoopDelay | undefined
  let worstLag: number | null = null
  let lateByItself = 0

  const cpuOf = (launched: number): Omit<Health['cpu'], 'secondHalfPerCallMs'> => {
    const { user, system } = used ?? (cpu ? process.cpuUsage(cpu) : { user: 0, system: 0 })
    const perCall = launched === 0 ? null : Math.round((user + system) / launched) / 1000
    return { userMs: Math.round(user / 1000), systemMs: Math.round(system / 1000), perCallMs: perCall }
  }

  return {
    launchLag,
    launched(dueAt, waited) {
      if (!cpu) {
        cpu = process.cpuUsage()
        // What the machine does meanwhile is nothing to virtual time.
        if (clock === systemClock) loop = measureLoopDelay()
      }
      const lag = Math.max(0, clock.now() - dueAt)
      launchLag.record(lag)
      if (lag - waited > LIMITS.launchLag) lateByItself++
      if (worstLag === null || lag > worstLag) worstLag = lag
    },
    heard(node, at) {
      const now = clock.now()
      const offset = now - at
      const least = Math.min(offset, offsets.get(node) ?? Infinity)
      offsets.set(node, least)
      lags.record(offset - least)
      ownLags.record(readLag?.ownPartOf(offset - least, now) ?? offset - least)
    },
    offsetOf: (node) => offsets.get(node),
    takeWorstLag() {
      readLag?.look(clock.now())
      const worst = worstLag
      worstLag = null
      return worst === null ? null : Math.round(worst * 1000) / 1000
    },
    stop() {
      loop?.stop()
      if (cpu) used ??= process.cpuUsage(cpu)
    },
    perCallMs: (launched) => cpuOf(launched).perCallMs,
    report(arrivals, secondHalf) {
      const figures = {
        launchLagMs: launchLag.summary(),
        loopDelayMs: loop?.summary() ?? NOTHING,
        eventLagMs: lags.summary(),
        cpu: { ...cpuOf(arrivals.launched), secondHalfPerCallMs: secondHalf },
      }
      const machineShare = loop?.machineShare ?? null
      return { ...judge(figures, ownLags.summary(), { ...arrivals, lateByItself, machineShare }), ...figures }
    },
    get warnings() {
      const [all, own] = [lags.summary().p99 ?? 0, ownLags.summary().p99 ?? 0]
      if (all <= LIMITS.eventLag || own > LIMITS.eventLag) return []
      return [
        `events came late: p99 ${all.toFixed(1)} ms behind the quickest, ${own.toFixed(1)} ms of it here at the most: the switch ` +
          'held them back, or the way from it; its calls were answered and hung up that much later',
      ]
    },
  }
}
