import { extname } from 'node:path'
import type { Kinds, Row } from '../../app/measure.ts'
import { ArgumentError } from '../../errors.ts'
import { csvRow } from './csv.ts'

export type Format = 'csv' | 'ndjson'

/** How rows are written: each is a piece of text that ends with a line end, and only the whole piece is a row. */
export interface RowWriter {
  /** What a file begins with. */
  readonly head: string
  write(row: Row): string
}

/** By the ending of the file's name: `.ndjson`, `.jsonl` are lines of JSON, all else is CSV. Throws ArgumentError. */
export const formatOf = (path: string): Format => {
  const ending = extname(path).toLowerCase()
  if (ending === '.parquet')
    throw new ArgumentError(
      `${path}: Parquet cannot be appended to; write .csv or .ndjson, and then: switchix query FILE --parquet OUT`,
    )
  return ending === '.ndjson' || ending === '.jsonl' ? 'ndjson' : 'csv'
}

/** A number that is none (NaN) is as undefined as one that is lacking. */
const known = (value: string | number | undefined): string | number | undefined =>
  typeof value === 'number' && !Number.isFinite(value) ? undefined : value

export const createWriter = (format: Format, columns: Kinds): RowWriter => {
  const names = Object.keys(columns)
  if (format === 'csv')
    return { head: csvRow(names), write: (row) => csvRow(names.map((name) => known(row[name]))) }
  const keys = names.map((name) => [name, `${JSON.stringify(name)}:`] as const)
  return {
    head: '',
    write(row) {
      const fields: string[] = []
      for (const [name, key] of keys) {
        const value = known(row[name])
        if (value !== undefined)
          fields.push(key + (typeof value === 'number' ? String(value) : JSON.stringify(value)))
      }
      return `{${fields.join(',')}}\n`
    },
  }
}
