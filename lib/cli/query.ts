import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import type { QueryOptions } from './run-query.ts'

const EXAMPLES = `
RUN is a CDR file (.csv, .ndjson, .parquet), a folder of them, or a pattern; several may be named. The table is cdrs, with the
file of each row as run; what was measured beside the calls has a table by its name. Without SQL: the metrics of all the calls.
SQL takes DuckDB: npm install @duckdb/node-api

Examples:
  switchix query run.csv
  switchix query run.csv 'select hangup_cause, count(*) as calls from cdrs group by all order by calls desc'
  switchix query 'runs/*.csv' 'select run, quantile_disc(caller_answer_ms - caller_create_ms, 0.95) from cdrs group by run'
  switchix query run.csv 'select time_ms, node_idle_cpu_percent from SysStats' --format csv
  switchix query run.csv --parquet run.parquet`

/** The SQL comes last; what has no blank, or is there as a file, is a run. */
const isSql = (text: string): boolean => /\s/.test(text.trim()) && !existsSync(text)

/** `switchix query`: the metrics of runs, or what SQL asks of them. */
export const queryCommand = (): Command =>
  new Command('query')
    .argument('<runs...>', 'CDR files, folders or patterns; then perhaps SQL')
    .addOption(
      new Option('--format <name>', 'how the rows are written')
        .choices(['table', 'csv', 'json'])
        .default('table'),
    )
    .option('--parquet <file>', 'write the rows to this file, as Parquet')
    .addHelpText('after', EXAMPLES)
    .action(async (given: string[], options: QueryOptions) => {
      const { query } = await import('./run-query.ts')
      const last = given.at(-1) ?? ''
      const sql = given.length > 1 && isSql(last) ? last : undefined
      process.stdout.write(await query(sql === undefined ? given : given.slice(0, -1), sql, options))
    })
