import { createReadStream } from 'node:fs'
import { CsvError, parse } from 'csv-parse'
import { CsvError as WholeCsvError, parse as parseWhole } from 'csv-parse/sync'
import { ArgumentError, messageOf } from '../../errors.ts'
import type { Fields } from './template.ts'

export interface CsvFieldsOptions {
  /** Ends the run after the last row; otherwise the rows begin again. Default false. */
  readonly once?: boolean
}

const OPTIONS = { columns: true, bom: true, skip_empty_lines: true, trim: true } as const

/** Files up to this size are kept: the rows of a small one begin again many times a second. In bytes. */
const SMALL = 1 << 20

/** What gives the rows of a file, again and again. */
const rowsOf = async (path: string): Promise<() => AsyncIterable<Fields> | Iterable<Fields>> => {
  const { readFile, stat } = await import('node:fs/promises')
  const { size } = await stat(path)
  if (size > SMALL) return () => createReadStream(path).pipe(parse(OPTIONS))
  const rows: Fields[] = parseWhole(await readFile(path), OPTIONS)
  return () => rows
}

/**
 * The rows of a CSV file (RFC 4180), whose first line names the fields, one for each call; a file of more than a
 * megabyte is read as its rows are needed.
 * Rejects with ArgumentError (BAD_ARGUMENT) for a file that cannot be read, is no CSV, or has no rows.
 */
export async function* csvFields(
  path: string,
  { once = false }: CsvFieldsOptions = {},
): AsyncGenerator<Fields> {
  try {
    const again = await rowsOf(path)
    do {
      let rows = 0
      for await (const fields of again()) {
        rows++
        yield fields
      }
      if (rows === 0) throw new ArgumentError('there is no row in it, beside the names of the fields')
    } while (!once)
  } catch (error) {
    const what = error instanceof CsvError || error instanceof WholeCsvError ? 'no CSV' : 'not readable'
    throw new ArgumentError(
      `expected fields for the calls in ${path}, but it is ${what}: ${messageOf(error)}`,
      error,
    )
  }
}
