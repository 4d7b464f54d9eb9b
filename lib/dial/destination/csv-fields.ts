import { createReadStream } from 'node:fs'
import { CsvError, parse } from 'csv-parse'
import { ArgumentError, messageOf } from '../../errors.ts'
import type { Fields } from './template.ts'

export interface CsvFieldsOptions {
  /** Ends the run after the last row; otherwise the rows begin again. Default false. */
  readonly once?: boolean
}

const records = (path: string): AsyncIterable<Fields> =>
  createReadStream(path).pipe(parse({ columns: true, bom: true, skip_empty_lines: true, trim: true }))

/** `pipe` hands no errors on: those of the file are looked for where it is opened. */
const opened = async (path: string): Promise<void> => {
  const { access, constants } = await import('node:fs/promises')
  await access(path, constants.R_OK)
}

/**
 * The rows of a CSV file (RFC 4180), whose first line names the fields, one for each call; read as they are needed.
 * Rejects with ArgumentError (BAD_ARGUMENT) for a file that cannot be read, is no CSV, or has no rows.
 */
export async function* csvFields(
  path: string,
  { once = false }: CsvFieldsOptions = {},
): AsyncGenerator<Fields> {
  try {
    await opened(path)
    do {
      let rows = 0
      for await (const fields of records(path)) {
        rows++
        yield fields
      }
      if (rows === 0) throw new ArgumentError('there is no row in it, beside the names of the fields')
    } while (!once)
  } catch (error) {
    const what = error instanceof CsvError ? 'no CSV' : 'not readable'
    throw new ArgumentError(
      `expected fields for the calls in ${path}, but it is ${what}: ${messageOf(error)}`,
      error,
    )
  }
}
