import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CDR_COLUMNS } from '../cdr/cdr.ts'
import { formatOf } from '../store/format.ts'
import { splitAtHeads } from './split-at-heads.ts'
import { wholeLength } from '../store/whole-length.ts'
import { sqlName, sqlText, type Database } from './duckdb.ts'
import type { RunFiles } from './run-files.ts'

const HEAD = 1 << 16

const headOf = async (path: string): Promise<string> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.toString('utf8', 0, bytesRead).split(/\r?\n/, 1)[0] ?? ''
  } finally {
    await file.close()
  }
}

/** The types of those columns that are a CDR's; the others' show in the rows. */
const typesOf = (names: readonly string[]): string => {
  const known = names.filter((name) => Object.hasOwn(CDR_COLUMNS, name)) as (keyof typeof CDR_COLUMNS)[]
  const types = known.map(
    (name) => `${sqlText(name)}: '${CDR_COLUMNS[name] === 'number' ? 'DOUBLE' : 'VARCHAR'}'`,
  )
  return `{${types.join()}}`
}

/** What a killed process has left of a last row would be taken for one: then its whole rows are copied. */
const wholeRows = async (path: string, scratch: string): Promise<string> => {
  const whole = await wholeLength(path, formatOf(path))
  if (whole === (await stat(path)).size) return path
  const copy = join(scratch, basename(path))
  await pipeline(createReadStream(path, { end: Math.max(0, whole - 1) }), createWriteStream(copy))
  return copy
}

const csvSource = async (path: string): Promise<string> => {
  const types = typesOf((await headOf(path)).replace(/^\uFEFF/, '').split(','))
  return `read_csv(${sqlText(path)}, header = true, delim = ',', quote = '"', escape = '"', types = ${types})`
}

/** How DuckDB reads a file. */
const sourceOf = async (path: string, isCdrs: boolean, scratch: string): Promise<string> => {
  if (extname(path) === '.parquet') return `read_parquet(${sqlText(path)})`
  const whole = await wholeRows(path, scratch)
  if (formatOf(path) === 'csv') {
    const parts: string[] = []
    for (const part of await splitAtHeads(whole, await headOf(path), scratch))
      parts.push(`select * from ${await csvSource(part)}`)
    return `(${parts.join(' union all by name ')})`
  }
  const file = sqlText(whole)
  const columns = isCdrs ? `, columns = ${typesOf(Object.keys(CDR_COLUMNS))}` : ''
  return `read_json(${file}, format = 'newline_delimited'${columns})`
}

/** Makes a view of each table, over all of its files; the column `run` says which file a row is of. */
export const createTables = async (database: Database, files: RunFiles, scratch: string): Promise<void> => {
  for (const [table, paths] of files) {
    const parts: string[] = []
    for (const path of paths)
      parts.push(`select *, ${sqlText(path)} as run from ${await sourceOf(path, table === 'cdrs', scratch)}`)
    await database.run(`create view ${sqlName(table)} as ${parts.join(' union all by name ')}`)
  }
}
