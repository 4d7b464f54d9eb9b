import { basename, extname } from 'node:path'
import type { Figure, Kinds } from '../../app/measure.ts'
import { CDR_COLUMNS, type CallDetailRecord } from '../cdr/cdr.ts'
import { readBatches } from '../store/read-rows.ts'
import { createPanels, type PanelRows } from './charts/panel-charts.ts'
import { createCollector, type Collector } from './collect/collector.ts'
import { readSummary } from './read-summary.ts'
import type { ReportRun } from './run.ts'
import type { RunSources } from './run-sources.ts'

export interface ReadRunOptions {
  /** How many slow and how many failed calls are kept to be looked at. Default 50 each. */
  readonly calls?: number | undefined
  /** The panels of measurers by their names, for runs without a summary that says them. */
  readonly panels?: Readonly<Record<string, readonly Figure[]>> | undefined
}

/** Of a million rows, only what is measured is taken apart. */
const MEASURED = [
  'call_uuid', 'app', 'node', 'hangup_cause', 'hangup_cause_q850', 'caller_req_originate_ms', 'job_launch_ms',
  'caller_create_ms', 'caller_progress_ms', 'caller_progress_media_ms', 'caller_answer_ms', 'caller_hangup_ms',
  'caller_sip_status', 'callee_create_ms', 'callee_answer_ms', 'callee_hangup_ms',
] as const satisfies readonly (keyof CallDetailRecord)[] // prettier-ignore

const COLUMNS: Kinds = Object.fromEntries(MEASURED.map((name) => [name, CDR_COLUMNS[name]]))

/** Whoever wrote the file, these are texts. */
const named = (row: CallDetailRecord): CallDetailRecord => ({
  ...row,
  call_uuid: row.call_uuid || '',
  app: row.app || '',
  node: row.node || '',
  hangup_cause: row.hangup_cause || '',
})

/** All that the rows say of the calls that can be looked at: they are read again, whole. */
const completeNoted = async (path: string, { noted }: Collector): Promise<void> => {
  const uuids = new Set([...noted.slow, ...noted.failed].map(({ cdr }) => cdr.call_uuid))
  const whole = new Map<string, CallDetailRecord>()
  for await (const rows of readBatches(path, CDR_COLUMNS, 'call_uuid', (uuid) => uuids.has(String(uuid))))
    for (const row of rows as unknown as CallDetailRecord[]) whole.set(row.call_uuid, named(row))
  noted.complete((uuid) => whole.get(uuid))
}

const readCalls = async (paths: readonly string[], kept: number | undefined): Promise<Collector> => {
  const collector = createCollector({ ...(kept !== undefined && { calls: kept }) })
  for (const path of paths)
    for await (const rows of readBatches(path, COLUMNS, 'call_uuid'))
      for (const row of rows as unknown as CallDetailRecord[]) collector.add(named(row))
  for (const path of paths) await completeNoted(path, collector)
  return collector
}

const kindsOf = (figures: readonly Figure[]): Kinds => {
  const kinds: Record<string, 'text' | 'number'> = {}
  for (const { time, series, by } of figures) {
    for (const name of [time, ...series]) kinds[name] = 'number'
    if (by !== undefined) kinds[by] = 'text'
  }
  return kinds
}

const readPanels = async (
  name: string,
  paths: readonly string[],
  figures: readonly Figure[],
): Promise<PanelRows> => {
  const panels = createPanels(name, figures)
  const [first] = figures
  if (first)
    for (const path of paths)
      for await (const rows of readBatches(path, kindsOf(figures), first.time)) rows.forEach(panels.add)
  return panels
}

/** Reads what is known of a run. Rejects with ArgumentError (BAD_ARGUMENT) for files that are none of a run. */
export const readRun = async (
  { cdrs, summary: path, measures }: RunSources,
  { calls, panels: known = {} }: ReadRunOptions = {},
): Promise<ReportRun> => {
  const summary = path === undefined ? undefined : await readSummary(path)
  const panels = new Map<string, PanelRows>()
  for (const [name, paths] of measures)
    panels.set(name, await readPanels(name, paths, summary?.panels[name] ?? known[name] ?? []))
  const [file = path ?? ''] = cdrs
  return {
    name: basename(file, extname(file)),
    summary,
    calls: cdrs.length > 0 ? await readCalls(cdrs, calls) : undefined,
    panels,
  }
}
