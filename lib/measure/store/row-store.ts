import { writeSync } from 'node:fs'
import { open, truncate, type FileHandle } from 'node:fs/promises'
import type { Kinds, Row } from '../../app/measure.ts'
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
  /**
   * Goes on with a file that is there; default is to replace it. What a killed process has left of a last row is cut off
   * first. A CSV file with other columns is refused (ArgumentError, BAD_ARGUMENT).
   */
  readonly append?: boolean | undefined
}

/** Rows are written without waiting once there are so many characters of them; V8 is slow with longer strings. */
const BATCH = 1 << 16

/** A disk that is almost full takes a part, and says why at the next write. */
const writeAll = (file: FileHandle, text: string): void => {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length;) done += writeSync(file.fd, bytes, done)
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
 * Begins a file of rows, CSV or lines of JSON by its ending. It only ever grows, by whole rows, many at one write: those of a turn
 * of the event loop are written at its end, and are safe then from the end of the process, however busy the machine is. Of a
 * process that is killed within a write, the kernel may leave the last row in part: readers take a row without its line end for
 * none. Rejects where the file cannot be written, and with ArgumentError for an ending that cannot be appended to.
 */
export const createRowStore = async <R extends object>(
  path: string,
  columns: Kinds,
  { append = false }: RowStoreOptions = {},
): Promise<RowStore<R>> => {
  const writer = createWriter(formatOf(path), columns)
  const [file, head] = await openFile(path, writer.head, append)
  const rows: string[] = head === '' ? [] : [head]
  let length = 0
  let waiting: NodeJS.Immediate | undefined
  let failure: { readonly error: unknown } | undefined

  // Not by a thread: its turn would come after those of the event loop, and what it has not written is lost. The kernel only
  // copies the rows, and writes them to the disk by itself.
  const flush = (): void => {
    clearImmediate(waiting)
    waiting = undefined
    length = 0
    if (rows.length === 0 || failure) return
    try {
      writeAll(file, rows.splice(0).join(''))
    } catch (error) {
      // No row may follow what a write that failed has left.
      failure = { error }
    }
  }
  flush()

  return {
    append(row) {
      if (failure) return
      const text = writer.write(row as Row)
      rows.push(text)
      length += text.length
      if (length >= BATCH) flush()
      else waiting ??= setImmediate(flush)
    },
    async close() {
      flush()
      await file.close()
      if (failure) throw failure.error as Error
    },
  }
}
