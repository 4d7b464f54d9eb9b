import type { RunSummary } from '../dial/summary.ts'
import type { LatencySummary } from '../measure/latency.ts'

const ms = (value: number | null): string => (value === null ? '-' : value.toFixed(1)).padStart(9)

const latency = (name: string, { avg, p50, p95, p99, max }: LatencySummary): string =>
  `  ${name.padEnd(12)}${[avg, p50, p95, p99, max].map(ms).join('')}`

/** The summary of a run, for people. */
export const summaryText = (summary: RunSummary): string => {
  const { offered, launched, dropped, answered, failed, causes, latencyMs, durationMs, nodes } = summary
  const rate = durationMs > 0 ? ((launched * 1000) / durationMs).toFixed(1) : '-'
  return [
    '',
    `  ${nodes.map(({ name }) => name).join(', ')}: ${launched} calls in ${(durationMs / 1000).toFixed(1)} s (${rate} calls/s, the last call's end included)`,
    '',
    `  offered ${offered}   launched ${launched}   dropped ${dropped}   answered ${answered}   failed ${failed}`,
    '',
    '  hangup causes',
    ...Object.entries(causes).map(([cause, count]) => `    ${String(count).padStart(7)}  ${cause}`),
    '',
    `  latency, ms       avg      p50      p95      p99      max`,
    latency('setup', latencyMs.setup),
    latency('answer', latencyMs.answer),
    '',
  ].join('\n')
}
