import { createCollector } from '../../../lib/measure/report/collect/collector.ts'
import { createPanels } from '../../../lib/measure/report/charts/panel-charts.ts'
import type { ReportRun } from '../../../lib/measure/report/run.ts'

/** What a caller may be called, or a switch say. */
export const HOSTILE = `"'><img src=x onerror="window.pwned=1;alert(1)"></script><script>window.pwned=1</script><!--\${1}`

/** A run in which every text that comes from outside is hostile. */
export const hostile = ({ summary, calls }: ReportRun): ReportRun => {
  const collector = createCollector()
  for (const { cdr } of calls?.noted.failed ?? [])
    collector.add(
      {
        ...cdr, call_uuid: HOSTILE, app: HOSTILE, node: HOSTILE, hangup_cause: HOSTILE, caller_uuid: HOSTILE,
        caller_cause: HOSTILE, caller_hangup_disposition: HOSTILE, caller_read_codec: HOSTILE, callee_uuid: HOSTILE,
      },
      () => ({
        lanes: [{ title: HOSTILE, notes: [HOSTILE] }, { title: HOSTILE, notes: [HOSTILE] }],
        rows: [{ t: 1, kind: 'event', from: 1, to: 0, label: HOSTILE }],
      }),
    ) // prettier-ignore
  const figures = [{ title: HOSTILE, unit: HOSTILE, time: 'at', series: ['x'], by: 'node' }]
  const panels = createPanels(HOSTILE, figures)
  const start = Date.parse(summary?.startedAt ?? '')
  for (let i = 0; i < 5; i++) panels.add({ at: start + i * 1000, x: i, node: HOSTILE })
  return {
    name: HOSTILE,
    summary: summary && {
      ...summary,
      warnings: [HOSTILE],
      causes: { [HOSTILE]: 7 },
      thresholds: [{ threshold: HOSTILE, value: 1, ok: false }],
      measures: { [HOSTILE]: { [HOSTILE]: 1 } },
      nodes: summary.nodes.map((node) => ({ ...node, name: HOSTILE })),
      health: { ...summary.health, valid: false, reasons: [HOSTILE] },
    },
    calls: collector,
    panels: new Map([[HOSTILE, panels]]),
  }
}
