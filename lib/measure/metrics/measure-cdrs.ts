import { CDR_COLUMNS } from '../cdr/cdr.ts'
import { readBatches } from '../store/read-rows.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { outcomeOf, type OutcomeFields } from './outcome-of.ts'

/** What the calls of some CDR files came to. */
export interface MeasuredCdrs {
  readonly calls: number
  /** From the first call's beginning to the last one's end, run by run, in ms. */
  readonly observedMs: number
  readonly metrics: Metrics
}

/** Of a million rows, only what is needed is taken apart. */
const COLUMNS = {
  call_uuid: CDR_COLUMNS.call_uuid,
  hangup_cause: CDR_COLUMNS.hangup_cause,
  caller_create_ms: CDR_COLUMNS.caller_create_ms,
  caller_progress_ms: CDR_COLUMNS.caller_progress_ms,
  caller_progress_media_ms: CDR_COLUMNS.caller_progress_media_ms,
  caller_answer_ms: CDR_COLUMNS.caller_answer_ms,
  caller_hangup_ms: CDR_COLUMNS.caller_hangup_ms,
  caller_sip_status: CDR_COLUMNS.caller_sip_status,
} as const

const measureRun = async (path: string): Promise<MeasuredCdrs> => {
  const metrics = createMetrics()
  let [calls, first, last] = [0, Infinity, -Infinity]
  for await (const rows of readBatches(path, COLUMNS, 'call_uuid'))
    for (const row of rows as unknown as OutcomeFields[]) {
      calls++
      metrics.add(outcomeOf(row))
      if (row.caller_create_ms !== undefined) first = Math.min(first, row.caller_create_ms)
      if (row.caller_hangup_ms !== undefined) last = Math.max(last, row.caller_hangup_ms)
    }
  return { calls, observedMs: last > first ? last - first : 0, metrics }
}

/**
 * Measures the calls of CDR files, of several nodes or runs as if they were of one. Takes a few seconds for a million, and
 * little memory. Rejects with ArgumentError (BAD_ARGUMENT) for a file that cannot be read or holds no CDRs.
 */
export const measureCdrs = async (paths: readonly string[]): Promise<MeasuredCdrs> => {
  const metrics = createMetrics()
  let [calls, observedMs] = [0, 0]
  for (const path of paths) {
    const run = await measureRun(path)
    calls += run.calls
    observedMs += run.observedMs
    metrics.merge(run.metrics)
  }
  return { calls, observedMs, metrics }
}
