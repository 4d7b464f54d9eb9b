import { open, truncate, type FileHandle } from 'node:fs/promises'
import type { Kinds, Row } from '../../app/measure.ts'
import { systemClock, type Clock, type TimerHandle } from '../../clock.ts'
import { ArgumentError } from '../../errors.ts'
import { createWriter, formatOf } from './format.ts'
import { wholeLength } from './whole-length.ts'

/** A file that rows are appended to. */
export interface RowStore<R> {
  append(row: R): void
  /** Resolves when all rows are in the file. Rejects with the error that writing met. */
  close(): Promise<void>
}

export interface RowStoreOptions {
  readonly clock?: Clock | undefined
  /**
   * Goes on with a file that is there; default is to replace it. What a killed process has left of a last row is cut off
   * first. A CSV file with other columns is refused (ArgumentError, BAD_ARGUMENT).
   */
  readonly append?: boolean | undefined
}

/** How long finished rows may wait to be written together, in ms. */
const FLUSH_INTERVAL = 40

/** Rows are written without waiting once there are so many characters of them; V8 is slow with longer strings. */
const BATCH = 1 << 16

/** So many batches go into one write, where writing falls behind. */
const AT_ONCE = 64

const writeTogether = async (file: FileHandle, batches: readonly string[]): Promise<void> => {
  const buffers = batches.map((text) => Buffer.from(text))
  const { bytesWritten } = await file.writev(buffers)
  // A disk that is almost full takes a part, and says why at the next write.
  const length = buffers.reduce((sum, buffer) => sum + buffer.length, 0)
  if (bytesWritten < length) await file.appendFile(Buffer.concat(buffers).subarray(bytesWritten))
}

/** Makes a file of an earlier run ready to be gone on with; says whether it has its head already. */
const mend = async (path: string, head: string): Promise<boolean> => {
  const file = await open(path, 'a+')
  try {
    const { size } = await file.stat()
    const whole = await wholeLength(path, formatOf(path))
    if (whole < size) await truncate(path, whole)
    if (whole === 0) return false
    const start = Buffer.alloc(Buffer.byteLength(head))
    await file.read(start, 0, start.length, 0)
    if (start.toString() !== head)
      throw new ArgumentError(`${path} has other columns, and cannot be gone on with; name another file`)
    return true
  } finally {
    await file.close()
  }
}

const openFile = async (path: string, head: string, append: boolean): Promise<[FileHandle, string]> => {
  const begun = append && (await mend(path, head))
  // A file that is replaced is emptied first: O_APPEND lets no two writers write over each other.
  if (!append) await (await open(path, 'w')).close()
  return [await open(path, 'a'), begun ? '' : head]
}

/**
 * Begins a file of rows, CSV or lines of JSON by its ending. It only ever grows, by whole rows, many at one write; a row
 * waits no longer than 40 ms to be written, and is safe then from the end of the process. Of a process that is killed
 * within a write, the kernel may leave the last row in part: readers take a row without its line end for none. Rejects
 * where the file cannot be written, and with ArgumentError for an ending that cannot be appended to.
 */
export const createRowStore = async <R extends object>(
  path: string,
  columns: Kinds,
  { clock = systemClock, append = false }: RowStoreOptions = {},
): Promise<RowStore<R>> => {
  const writer = createWriter(formatOf(path), columns)
  const [file, head] = await openFile(path, writer.head, append)
  /** What waits for its write, each of whole rows, and the rows of the next one. */
  const batches: string[] = []
  const rows: string[] = head === '' ? [] : [head]
  let length = 0
  let timer: TimerHandle | undefined
  let failure: unknown
  let writing: Promise<void> | undefined

  /** One write at a time: rows never mix, and what comes meanwhile is the next one. */
  const writeAll = async (): Promise<void> => {
    while (batches.length > 0)
      await writeTogether(file, batches.splice(0, AT_ONCE)).catch((error: unknown) => {
        failure ??= error
        // No row may follow what a write that failed has left.
        batches.length = 0
      })
    writing = undefined
  }

  const flush = (): void => {
    clock.clearTimeout(timer)
    timer = undefined
    if (rows.length > 0) batches.push(rows.splice(0).join(''))
    length = 0
    if (batches.length > 0) writing ??= writeAll()
  }
  flush()
  await writing

  return {
    append(row) {
      if (failure !== undefined) return
      const text = writer.write(row as Row)
      rows.push(text)
      length += text.length
      if (length >= BATCH) flush()
      else timer ??= clock.setTimeout(flush, FLUSH_INTERVAL)
    },
    async close() {
      flush()
      await writing
      await file.close()
      if (failure !== undefined) throw failure as Error
    },
  }
}
