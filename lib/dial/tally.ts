import { createLatency, type LatencySummary } from '../measure/latency.ts'
import type { CallDetailRecord } from '../measure/cdr.ts'

/** A run so far. */
export interface Progress {
  readonly elapsedMs: number
  /** Calls that the schedule wanted; those launched, and those dropped: the limit was reached, or it was too late. */
  readonly offered: number
  readonly launched: number
  readonly dropped: number
  readonly answered: number
  readonly failed: number
  /** Launched and not over yet. */
  readonly active: number
}

/** What a run did. `causes`: how many calls ended by each hangup cause. Latencies by the switch's clock. */
export interface RunSummary {
  readonly schemaVersion: 1
  readonly offered: number
  readonly launched: number
  readonly dropped: number
  readonly answered: number
  readonly failed: number
  readonly causes: Readonly<Record<string, number>>
  readonly latencyMs: {
    /** From the caller's CHANNEL_CREATE to its CHANNEL_ANSWER. */
    readonly setup: LatencySummary
    /** From the callee's CHANNEL_ANSWER to the caller's. */
    readonly answer: LatencySummary
  }
  readonly durationMs: number
  readonly nodes: readonly string[]
}

/** The figures of a run, as they grow. */
export interface Tally {
  offered: number
  launched: number
  dropped: number
  answered: number
  failed: number
  active: number
  /** A call is over. */
  note(cdr: CallDetailRecord): void
  progress(elapsedMs: number): Progress
  summary(durationMs: number, nodes: readonly string[]): RunSummary
}

export const createTally = (): Tally => {
  const causes = new Map<string, number>()
  const setup = createLatency()
  const answer = createLatency()

  const tally: Tally = {
    offered: 0,
    launched: 0,
    dropped: 0,
    answered: 0,
    failed: 0,
    active: 0,
    note(cdr) {
      causes.set(cdr.hangup_cause, (causes.get(cdr.hangup_cause) ?? 0) + 1)
      const { caller_answer_ms: answered, caller_create_ms: created, callee_answer_ms: callee } = cdr
      if (answered === undefined) return
      if (created !== undefined) setup.record(answered - created)
      if (callee !== undefined) answer.record(answered - callee)
    },
    progress(elapsedMs) {
      const { offered, launched, dropped, answered, failed, active } = tally
      return { elapsedMs, offered, launched, dropped, answered, failed, active }
    },
    summary(durationMs, nodes) {
      const { offered, launched, dropped, answered, failed } = tally
      return {
        schemaVersion: 1,
        offered,
        launched,
        dropped,
        answered,
        failed,
        causes: Object.fromEntries([...causes].sort(([, a], [, b]) => b - a)),
        latencyMs: { setup: setup.summary(), answer: answer.summary() },
        durationMs: Math.round(durationMs),
        nodes,
      }
    },
  }
  return tally
}
