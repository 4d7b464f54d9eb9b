import type { RunSummary } from '../summary/run-summary.ts'
import type { PanelRows } from './charts/panel-charts.ts'
import type { Collector } from './collect/collector.ts'

/** What is known of a run: its summary, its calls, or both. */
export interface ReportRun {
  readonly name: string
  readonly summary: RunSummary | undefined
  readonly calls: Collector | undefined
  /** What was measured beside the calls, by the measurer's name. */
  readonly panels: ReadonlyMap<string, PanelRows>
}

/** When it began, in ms since the epoch: what all times in its report are counted from. */
export const startOf = ({ summary, calls }: ReportRun): number =>
  summary?.startedAt != null ? Date.parse(summary.startedAt) : (calls?.moments.entries[0]?.[0] ?? 0)
