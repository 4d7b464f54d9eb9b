import { open } from 'node:fs/promises'
import PQueue from 'p-queue'
import { systemClock, type Clock, type TimerHandle } from '../clock.ts'
import { csvRow } from './csv.ts'

/** A file that rows are appended to. */
export interface RowStore<Row> {
  append(row: Row): void
  /** Resolves when all rows are in the file. Rejects with the error that writing met. */
  close(): Promise<void>
}

/** How long finished rows may wait to be written together, in ms. */
const FLUSH_INTERVAL = 50

/** Begins a CSV file with a header line; an older file of that name is replaced. Rejects where it cannot be written. */
export const createCsvStore = async <Row extends object>(
  path: string,
  fields: readonly (keyof Row & string)[],
  clock: Clock = systemClock,
): Promise<RowStore<Row>> => {
  const file = await open(path, 'w')
  // One write at a time, each of whole rows: rows never mix, and their order is the order they came in.
  const writes = new PQueue({ concurrency: 1 })
  let batch = csvRow(fields)
  let timer: TimerHandle | undefined
  let failure: unknown

  const flush = (): void => {
    if (timer) clock.clearTimeout(timer)
    timer = undefined
    const rows = batch
    batch = ''
    if (rows === '') return
    writes.add(() => file.appendFile(rows)).catch((error: unknown) => (failure ??= error))
  }
  flush()

  return {
    append(row) {
      batch += csvRow(fields.map((name) => row[name] as string | number | undefined))
      timer ??= clock.setTimeout(flush, FLUSH_INTERVAL)
    },
    async close() {
      flush()
      await writes.onIdle()
      await file.close()
      if (failure !== undefined) throw failure as Error
    },
  }
}
