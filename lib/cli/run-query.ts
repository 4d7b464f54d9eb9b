import { extname } from 'node:path'
import { ArgumentError } from '../errors.ts'
import type { LatencySummary } from '../measure/latency.ts'
import { measureCdrs } from '../measure/metrics/measure-cdrs.ts'
import type { QueryResult } from '../measure/query/duckdb.ts'
import { cdrFilesOf, queryRuns } from '../measure/query/query.ts'
import { rowsText, type RowsFormat } from './display/rows-text.ts'

export interface QueryOptions {
  readonly format: RowsFormat
  readonly parquet?: string
}

/** One row a figure: `asr`, `pddMs.p95`. */
const figuresOf = (summary: Readonly<Record<string, number | null | LatencySummary>>): unknown[][] =>
  Object.entries(summary).flatMap(([name, value]): unknown[][] =>
    typeof value === 'object' && value !== null
      ? Object.entries<number | null>({ ...value }).map(([figure, each]) => [`${name}.${figure}`, each])
      : [[name, value]],
  )

const metricsOf = async (runs: readonly string[]): Promise<QueryResult> => {
  const files = await cdrFilesOf(runs)
  const parquet = files.find((path) => extname(path) === '.parquet')
  if (parquet !== undefined)
    throw new ArgumentError(`the metrics are read off .csv and .ndjson; ask ${parquet} in SQL`)
  const { calls, observedMs, metrics } = await measureCdrs(files)
  const rows = figuresOf({ runs: files.length, calls, observedMs, ...metrics.summary(observedMs) })
  return { columns: ['figure', 'value'], rows }
}

/** What `switchix query` prints. Rejects with ArgumentError (BAD_ARGUMENT). */
export const query = async (
  runs: readonly string[],
  sql: string | undefined,
  { format, parquet }: QueryOptions,
): Promise<string> => {
  if (sql === undefined && parquet === undefined) return rowsText(await metricsOf(runs), format)
  const result = await queryRuns({ runs, sql: sql ?? 'from cdrs', parquet })
  if (parquet === undefined) return rowsText(result, format)
  return `${Number(result.rows[0]?.[0])} rows are in ${parquet}\n`
}
