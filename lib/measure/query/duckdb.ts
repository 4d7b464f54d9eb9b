import type { DuckDBConnection } from '@duckdb/node-api'
import { ArgumentError, messageOf } from '../../errors.ts'

/** A database in memory. */
export interface Database {
  /** Rejects with ArgumentError (BAD_ARGUMENT) for SQL that makes no sense. */
  run(sql: string): Promise<QueryResult>
  close(): void
}

export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

const open = async (): Promise<{ connection: DuckDBConnection; close(): void }> => {
  let duckdb
  try {
    duckdb = await import('@duckdb/node-api')
  } catch (error) {
    throw new ArgumentError(
      'asking CDRs in SQL takes DuckDB, which is not installed: npm install @duckdb/node-api (with -g where switchix is)',
      error,
    )
  }
  const instance = await duckdb.DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  return {
    connection,
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Whole numbers come as bigint, for they may be larger than a number is exact. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  return value instanceof Date ? value.toISOString() : value
}

/** Opens DuckDB, which is an optional dependency. Rejects with ArgumentError where it is not installed. */
export const openDatabase = async (): Promise<Database> => {
  const { connection, close } = await open()
  return {
    async run(sql) {
      try {
        const reader = await connection.runAndReadAll(sql)
        return { columns: reader.columnNames(), rows: reader.getRowsJS().map((row) => row.map(plain)) }
      } catch (error) {
        throw new ArgumentError(messageOf(error), error)
      }
    },
    close,
  }
}

/** A text, as SQL writes it. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name, as SQL writes it. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`
