import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileError, messageOf } from '../../errors.ts'
import { openDatabase, sqlText, type Database, type QueryResult } from './duckdb.ts'
import { findRunFiles } from './run-files.ts'
import { createTables } from './tables.ts'

export interface Query {
  /** CDR files, folders of them, or patterns. */
  readonly runs: readonly string[]
  /** Asks the table `cdrs`, and those of the measurers by their names. */
  readonly sql: string
  /** Writes the result to this file, as Parquet. */
  readonly parquet?: string | undefined
}

/** What DuckDB says of a disk, which is no mistake in the SQL. */
const cannotCopy = (path: string, error: unknown): never => {
  if (/No space left|Disk quota|Read-only file system/i.test(messageOf(error)))
    throw new FileError(path, `cannot write ${path}: ${messageOf(error)}`, error)
  throw error
}

/**
 * Asks the CDRs of one or several runs in SQL, through DuckDB. A last row that was not written to its end is left out.
 * Rejects with ArgumentError (BAD_ARGUMENT) where DuckDB is not installed, for runs that there are not, and for SQL that
 * makes no sense.
 */
export const queryRuns = async ({ runs, sql, parquet }: Query): Promise<QueryResult> => {
  const database = await openDatabase()
  const scratch = await mkdtemp(join(tmpdir(), 'switchix-query-'))
  try {
    await createTables(database, await findRunFiles(runs, () => Promise.resolve(database)), scratch)
    const query = sql.trim().replace(/;$/, '')
    if (parquet === undefined) return await database.run(query)
    return await database
      .run(`copy (${query}) to ${sqlText(parquet)} (format parquet)`)
      .catch((error: unknown) => cannotCopy(parquet, error))
  } finally {
    database.close()
    await rm(scratch, { recursive: true })
  }
}

/** The CDR files that these name. Needs DuckDB for patterns only. Rejects as `queryRuns`. */
export const cdrFilesOf = async (runs: readonly string[]): Promise<readonly string[]> => {
  let database: Database | undefined
  try {
    return (await findRunFiles(runs, async () => (database ??= await openDatabase()))).get('cdrs') ?? []
  } finally {
    database?.close()
  }
}
