import type { QueryResult } from '../../measure/query/duckdb.ts'
import { csvRow } from '../../measure/store/csv.ts'

export type RowsFormat = 'table' | 'csv' | 'json'

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const table = ({ columns, rows }: QueryResult): string => {
  const lines = [columns, ...rows.map((row) => row.map(textOf))]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  const isNumber = columns.map((_, i) => rows.every((row) => row[i] === null || typeof row[i] === 'number'))
  const cell = (text: string, i: number): string =>
    isNumber[i] ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)
  const written = lines.map((line) => line.map(cell).join('  ').trimEnd())
  return [written[0], widths.map((width) => '-'.repeat(width)).join('  '), ...written.slice(1), ''].join('\n')
}

/** The rows of a result, for people or for programs. */
export const rowsText = (result: QueryResult, format: RowsFormat): string => {
  const { columns, rows } = result
  if (format === 'table') return table(result)
  if (format === 'csv') return [columns, ...rows].map((row) => csvRow(row.map(textOf))).join('')
  const objects = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])))
  return `${JSON.stringify(objects, null, 2)}\n`
}
