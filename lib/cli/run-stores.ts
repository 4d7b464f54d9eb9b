import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { RunMeasure } from '../dial/measurers.ts'
import type { Fields } from '../dial/destination/template.ts'
import { FileError } from '../errors.ts'
import { CDR_COLUMNS, type CallDetailRecord } from '../measure/cdr/cdr.ts'
import { besidePath } from '../measure/store/beside.ts'
import { createRowStore, type RowStore } from '../measure/store/row-store.ts'
import type { RunFile } from '../measure/summary/run-summary.ts'
import { cannotWrite } from './output-files.ts'

export { cannotWrite } from './output-files.ts'

/** The files that a run's rows go to. */
export interface RunStores {
  append(cdr: CallDetailRecord, fields?: Fields): void
  /** Opens a file for each measure, beside the CDRs. Rejects with ArgumentError where one cannot be written. */
  keep(measures: readonly RunMeasure[]): Promise<void>
  /** Writes what waits, and returns how many rows each file has, and has not. */
  settle(): readonly RunFile[]
  /** Closes the files; resolves with whether all rows are in them. */
  close(): Promise<boolean>
}

const textOf = (value: Fields[string]): string | undefined =>
  value === undefined ? undefined : String(value)

const NOTHING: RunStores = {
  append: () => undefined,
  keep: () => Promise.resolve(),
  settle: () => [],
  close: () => Promise.resolve(true),
}

/** The measurers of ours that have rows of their own; with `@` and a switch behind it where each has one. */
const MEASURERS = ['SysStats', 'PlayRec', 'MutedPlayRec']

/** Removes what an earlier run has measured beside CDRs of this name: it must not be taken for that of this run. */
const removeBeside = (path: string): void => {
  const ending = extname(path)
  const isOurs = new RegExp(`^(${MEASURERS.join('|')})(@[\\w@-]+)?$`)
  const stem = `${basename(path, ending)}.`
  for (const name of readdirSync(dirname(path)))
    if (
      name.startsWith(stem) &&
      name.endsWith(ending) &&
      isOurs.test(name.slice(stem.length, name.length - ending.length))
    )
      rmSync(join(dirname(path), name), { force: true })
}

/**
 * Opens the CDR file, where there is one; without one, nothing is kept. `say` is told at once of a file that cannot be written
 * any more; `fieldNames` are those that have a column. Rejects with ArgumentError, and with FileError for a full disk.
 */
export const openStores = async (
  path: string | undefined,
  say: (text: string) => void = () => undefined,
  fieldNames: readonly string[] = [],
): Promise<RunStores> => {
  if (path === undefined) return NOTHING
  const stores = new Map<string, RowStore<object>>()
  const open = async <R extends object>(
    file: string,
    columns: Parameters<typeof createRowStore>[1],
  ): Promise<RowStore<R>> => {
    const onTrouble = (error: FileError): void => say(error.message)
    const store = await createRowStore<R>(file, columns, { onTrouble }).catch((error: unknown) =>
      cannotWrite('--cdr', file, error),
    )
    stores.set(file, store)
    return store
  }
  const own = fieldNames.map((name) => [name, `field_${name}`] as const)
  const columns = Object.fromEntries(own.map(([, column]) => [column, 'text' as const]))
  const cdrs = await open(path, { ...CDR_COLUMNS, ...columns })
  removeBeside(path)
  return {
    append(cdr, fields = {}) {
      // Most runs have none, and are spared the copy.
      if (own.length === 0) cdrs.append(cdr)
      else
        cdrs.append({
          ...cdr,
          ...Object.fromEntries(own.map(([name, column]) => [column, textOf(fields[name])])),
        })
    },
    async keep(measures) {
      for (const { name, measure } of measures) {
        const store = await open(besidePath(path, name), measure.fields)
        measure.onRow((row) => store.append(row))
      }
    },
    settle() {
      for (const store of stores.values()) store.flush()
      return Array.from(stores, ([file, { written, unwritten }]) => ({ path: file, written, unwritten }))
    },
    async close() {
      const closing = [...stores.values()].map((store) => store.close())
      const failed = (await Promise.allSettled(closing)).filter((each) => each.status === 'rejected')
      for (const { reason } of failed) say(reason instanceof FileError ? reason.message : String(reason))
      return failed.length === 0
    },
  }
}
