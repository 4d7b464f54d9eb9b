import type { Measure } from '../../app/measure.ts'
import type { Call } from '../../model/call.ts'
import type { CallDetailRecord } from '../cdr/cdr.ts'
import type { RunSummary } from '../summary/run-summary.ts'
import { callLadder } from './calls/call-ladder.ts'
import { createPanels, type PanelRows } from './charts/panel-charts.ts'
import { createCollector } from './collect/collector.ts'
import type { ReportRun } from './run.ts'

/** Takes in a run while it goes on, for its report: no file is needed. */
export interface RunRecorder {
  /** A call is over; with its sessions, where it had any, its events are kept if it is one to look at. */
  ended(cdr: CallDetailRecord, call: Call | undefined): void
  /** Takes in what is measured beside the calls. */
  listen(measures: readonly { readonly name: string; readonly measure: Measure }[]): void
  run(name: string, summary: RunSummary): ReportRun
}

export const recordRun = (): RunRecorder => {
  const calls = createCollector()
  const panels = new Map<string, PanelRows>()
  return {
    ended: (cdr, call) => calls.add(cdr, () => call && callLadder(call)),
    listen(measures) {
      for (const { name, measure } of measures) {
        const rows = createPanels(name, measure.figures ?? [])
        panels.set(name, rows)
        measure.onRow(rows.add)
      }
    },
    run: (name, summary) => ({ name, summary, calls, panels }),
  }
}
