import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { LatencySummary } from '../../measure/latency.ts'

/** How late the event loop gets to what is due. */
export interface LoopDelay {
  stop(): void
  summary(): LatencySummary
}

/** How often it looks, in ms. Each look wakes a process that may have nothing else to do. */
const RESOLUTION = 20

/** Node's histogram holds the time between two looks, the wanted one included. */
const delayOf = (ns: number): number => Math.max(0, Math.round(ns / 1000 - RESOLUTION * 1000) / 1000)

export const measureLoopDelay = (): LoopDelay => {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION })
  histogram.enable()
  return {
    stop: () => void histogram.disable(),
    summary() {
      if (histogram.count === 0) return { avg: null, p50: null, p95: null, p99: null, max: null }
      const [p50 = 0, p95 = 0, p99 = 0] = [50, 95, 99].map((p) => delayOf(histogram.percentile(p)))
      return { avg: delayOf(histogram.mean), p50, p95, p99, max: delayOf(histogram.max) }
    },
  }
}
