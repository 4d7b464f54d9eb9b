import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { ArgumentError } from '../../errors.ts'
import { sqlText, type Database } from './duckdb.ts'

/** The files of one or several runs, by the table that they are. */
export type RunFiles = ReadonlyMap<string, readonly string[]>

const ENDINGS: ReadonlySet<string> = new Set(['.csv', '.ndjson', '.jsonl', '.parquet'])

/** The CDR file that this one lies beside (`a.SysStats.csv` beside `a.csv`), and the measurer's name; if there is one. */
const besideWhat = (path: string): readonly [cdrs: string, name: string] | undefined => {
  const ending = extname(path)
  const [, stem, name] = /^(.+)\.([\w@-]+)$/.exec(basename(path, ending)) ?? []
  if (stem === undefined || name === undefined) return undefined
  const cdrs = join(dirname(path), stem + ending)
  return existsSync(cdrs) ? [cdrs, name] : undefined
}

/** A file, a folder, or a pattern with `*`, `?` and `[…]`. */
const expand = async (text: string, open: () => Promise<Database>): Promise<string[]> => {
  if (existsSync(text)) {
    if (!statSync(text).isDirectory()) return [text]
    const names = readdirSync(text).filter((name) => ENDINGS.has(extname(name)))
    if (names.length > 0) return names.sort().map((name) => join(text, name))
  } else if (/[*?[]/.test(text)) {
    const { rows } = await (await open()).run(`select file from glob(${sqlText(text)}) order by file`)
    if (rows.length > 0) return rows.map(([file]) => String(file))
  }
  throw new ArgumentError(`expected the CDR file of a run, a folder or a pattern such as runs/*.csv; there is none at ${text}`) // prettier-ignore
}

/**
 * The files that these name: `cdrs`, and what was measured beside them by the measurers' names, whether it is named or not.
 * Rejects with ArgumentError (BAD_ARGUMENT) where there is none.
 */
export const findRunFiles = async (
  texts: readonly string[],
  open: () => Promise<Database>,
): Promise<RunFiles> => {
  const found = new Set<string>()
  for (const text of texts) for (const path of await expand(text, open)) found.add(path)
  for (const path of [...found])
    for (const name of readdirSync(dirname(path)))
      if (besideWhat(join(dirname(path), name))?.[0] === path) found.add(join(dirname(path), name))
  const tables = new Map<string, string[]>([['cdrs', []]])
  for (const path of found) {
    const beside = besideWhat(path)
    // What is named by itself is what is asked for.
    const table = beside && found.has(beside[0]) ? beside[1] : 'cdrs'
    tables.set(table, [...(tables.get(table) ?? []), path])
  }
  return tables
}
