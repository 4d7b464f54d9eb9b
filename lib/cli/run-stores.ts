import type { RunMeasure } from '../dial/measurers.ts'
import { ArgumentError, messageOf } from '../errors.ts'
import { CDR_COLUMNS, type CallDetailRecord } from '../measure/cdr/cdr.ts'
import { besidePath } from '../measure/store/beside.ts'
import { createRowStore, type RowStore } from '../measure/store/row-store.ts'

/** The files that a run's rows go to. */
export interface RunStores {
  append(cdr: CallDetailRecord): void
  /** Opens a file for each measure, beside the CDRs. Rejects with ArgumentError where one cannot be written. */
  keep(measures: readonly RunMeasure[]): Promise<void>
  /** Resolves when all rows are in their files. */
  close(): Promise<void>
}

/** A file that cannot be written is the caller's to mend. */
export const cannotWrite = (option: string, path: string, error: unknown): never => {
  throw error instanceof ArgumentError
    ? error
    : new ArgumentError(`${option}: cannot write ${path}: ${messageOf(error)}`, error)
}

/** Opens the CDR file, where there is one; without one, nothing is kept. Rejects with ArgumentError. */
export const openStores = async (path: string | undefined): Promise<RunStores> => {
  if (path === undefined)
    return { append: () => undefined, keep: () => Promise.resolve(), close: () => Promise.resolve() }
  const cdrs = await createRowStore<CallDetailRecord>(path, CDR_COLUMNS).catch((error: unknown) =>
    cannotWrite('--cdr', path, error),
  )
  const stores: Pick<RowStore<object>, 'close'>[] = [cdrs]
  return {
    append: (cdr) => cdrs.append(cdr),
    async keep(measures) {
      for (const { name, measure } of measures) {
        const file = besidePath(path, name)
        const store = await createRowStore(file, measure.fields).catch((error: unknown) =>
          cannotWrite('--cdr', file, error),
        )
        stores.push(store)
        measure.onRow((row) => store.append(row))
      }
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()))
    },
  }
}
