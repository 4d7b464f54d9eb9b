import type { Figure } from '../../app/measure.ts'
import type { LatencySummary } from '../latency.ts'
import type { MetricsSummary } from '../metrics/metrics.ts'
import type { Judgement } from '../threshold.ts'
import type { Health } from './health.ts'
import type { Timeline } from './timeline.ts'

/** Why an arrival was not launched: the limit was reached, it came too late, or no switch was there. */
export type DropReason = 'limit' | 'late' | 'nodes'

/** What one switch carried. */
export interface NodeFigures {
  /** `host:port` */
  readonly name: string
  readonly connected: boolean
  readonly launched: number
  readonly answered: number
  readonly failed: number
  readonly active: number
}

export interface Figures {
  /** Calls that the schedule wanted; those launched, and those dropped. */
  readonly offered: number
  readonly launched: number
  readonly dropped: number
  readonly droppedBy: Readonly<Record<DropReason, number>>
  readonly answered: number
  readonly failed: number
  /** Calls that are over, of which events were lost, and made up out of what the switch has: see `Session.recovered`. */
  readonly recovered: number
  /** Calls that are over, by hangup cause, the most frequent first. */
  readonly causes: Readonly<Record<string, number>>
  readonly latencyMs: {
    /** From the caller's CHANNEL_CREATE to its CHANNEL_ANSWER, by the switch's clock. */
    readonly setup: LatencySummary
    /** From the callee's CHANNEL_ANSWER to the caller's, by the switch's clock. */
    readonly answer: LatencySummary
    /** From the caller's CHANNEL_CREATE to the callee's, by the switch's clock. */
    readonly invite: LatencySummary
    /** From when the command was sent to the caller's CHANNEL_CREATE, and its way here. */
    readonly originate: LatencySummary
    /** From when the schedule wanted the call to when its answer reached us, by our clock. */
    readonly connect: LatencySummary
  }
  readonly nodes: readonly NodeFigures[]
}

/** A run so far. */
export interface Progress extends Figures {
  readonly elapsedMs: number
  /** Calls per second that are wanted now; 0 once no more are placed, null where a recorded load does not tell. */
  readonly rate: number | null
  /** STOPPED once no more calls are placed, while those that are up run to their end. */
  readonly state: 'INITIAL' | 'ORIGINATING' | 'STOPPED'
  readonly paused: boolean
  /** Launched and not over yet. */
  readonly active: number
  readonly launchLagMs: LatencySummary
}

/**
 * How a run ended. `running`: it has not ended yet; `completed`: it placed the calls that it was to place, and the last one is over;
 * `interrupted`: it was told to end before that; `lost`: a switch went away and did not come back; `unreachable`: no switch
 * could be connected to; `failed`: an error ended it.
 */
export type RunOutcome = 'running' | 'completed' | 'interrupted' | 'lost' | 'unreachable' | 'failed'

/** A file that a run has written rows to. */
export interface RunFile {
  readonly path: string
  /** Rows that are in it, and rows that could not be written. */
  readonly written: number
  readonly unwritten: number
}

/** What a run did. */
export interface RunSummary extends Figures {
  readonly schemaVersion: 1
  readonly outcome: RunOutcome
  /** What ended it, where that was an error. */
  readonly error: string | null
  /** The files of rows that it has written: CDRs, and what was measured beside them. */
  readonly files: readonly RunFile[]
  /** When it began, in UTC (ISO 8601); null before. */
  readonly startedAt: string | null
  /** Gives the same run again. */
  readonly seed: number
  /** On the mean, those that the schedule wanted, and those that were launched; null for one call. */
  readonly callsPerSecond: { readonly offered: number | null; readonly launched: number | null }
  /** What the standards define, of the calls that are over. */
  readonly metrics: MetricsSummary
  /** The figures of what was measured beside the calls, by the measurer's name. */
  readonly measures: Readonly<Record<string, Readonly<Record<string, number | null>>>>
  /** How the rows of those are drawn: their panels in a report, by the measurer's name. */
  readonly panels: Readonly<Record<string, readonly Figure[]>>
  /** From the start to the end of the last call, and that part of it in which calls were placed. */
  readonly durationMs: number
  readonly originatingMs: number
  readonly health: Health
  /** How the run went, from its start to its end, in at most 600 samples. */
  readonly timeline: Timeline
  readonly thresholds: readonly Judgement[]
  /** What was noticed that is no failure of a call: the switch's limits, nodes lost, calls that could not be sent. */
  readonly warnings: readonly string[]
}
