import { open } from 'node:fs/promises'
import type { Kinds, Row } from '../../app/measure.ts'
import { FileError, messageOf } from '../../errors.ts'
import { openAppend } from './append-file.ts'
import { createWriter, formatOf } from './format.ts'
import { resumeFile } from './resume-file.ts'

/** A file that rows are appended to. `written` and `unwritten` together are the rows that were appended. */
export interface RowStore<R> {
  append(row: R): void
  /** Writes the rows that wait, now. */
  flush(): void
  /** Rows that are in the file. */
  readonly written: number
  /** Rows that are not in the file: they wait for the next write, or were given up. */
  readonly unwritten: number
  /** Resolves when all rows are in the file. Rejects with FileError (FILE_NOT_WRITTEN), which says how many are not. */
  close(): Promise<void>
}

export interface RowStoreOptions {
  /**
   * Goes on with a file that is there; default is to replace it. What a killed process has left of a last row is cut off
   * first. A CSV file with other columns is refused (ArgumentError, BAD_ARGUMENT).
   */
  readonly append?: boolean | undefined
  /** Told at once when the file cannot be written, once until it can be again. Default: a warning of the process. */
  readonly onTrouble?: ((error: FileError) => void) | undefined
}

/** Rows are written without waiting once there are so many characters of them; V8 is slow with longer strings. */
const BATCH = 1 << 16

/** How often a file that cannot be written is tried again, in ms; and how many characters of rows wait for it at the most. */
const RETRY_MS = 1000
const MOST_WAITING = 1 << 24

const warn = (error: FileError): void => process.emitWarning(error.message, { code: 'SWITCHIX_FILE' })

/**
 * Begins a file of rows, CSV or lines of JSON by its ending. It only ever grows, by whole rows, many at one write: those of a turn
 * of the event loop are written at its end, and are safe then from the end of the process, however busy the machine is. Of a
 * process that is killed within a write, the kernel may leave the last row in part: readers take a row without its line end for
 * none.
 *
 * A file that cannot be written (a full disk) is tried again every second while the rows wait, up to 16 MB of them; what does
 * not fit is counted. Where it was deleted it is begun anew, and the rows that were in it are counted as not written.
 *
 * Rejects where the file cannot be opened, and with ArgumentError for an ending that cannot be appended to.
 */
export const createRowStore = async <R extends object>(
  path: string,
  columns: Kinds,
  { append = false, onTrouble = warn }: RowStoreOptions = {},
): Promise<RowStore<R>> => {
  const writer = createWriter(formatOf(path), columns)
  const begun = append && (await resumeFile(path, writer.head))
  // A file that is replaced is emptied first: O_APPEND lets no two writers write over each other.
  if (!append) await (await open(path, 'w')).close()
  const file = openAppend(path)
  const rows: string[] = []
  /** What the file begins with, until it does. */
  let head = begun ? '' : writer.head
  let [length, written, lost] = [0, 0, 0]
  let waiting: NodeJS.Immediate | undefined
  let retry: NodeJS.Timeout | undefined
  let trouble: FileError | undefined

  const troubled = (error: unknown): void => {
    retry ??= setTimeout(tryAgain, RETRY_MS).unref()
    if (trouble) return
    trouble = new FileError(
      path,
      `cannot write ${path}: ${messageOf(error)}; it is tried again every second`,
      error,
    )
    onTrouble(trouble)
  }

  const beginAnew = (): void => {
    lost += written
    const gone = written
    written = 0
    head = writer.head
    file.recreate()
    onTrouble(
      new FileError(path, `${path} was deleted while it was written, with ${gone} rows; it is begun anew`),
    )
  }

  // Not by a thread: its turn would come after those of the event loop, and what it has not written is lost. The kernel only
  // copies the rows, and writes them to the disk by itself.
  const write = (): void => {
    try {
      if (file.deleted) beginAnew()
    } catch (error) {
      troubled(error)
      return
    }
    const pieces = head === '' ? rows : [head, ...rows]
    const { written: whole, error } = file.append(pieces)
    const done = head === '' ? whole : Math.max(0, whole - 1)
    if (whole > 0) head = ''
    written += done
    rows.splice(0, done)
    length = rows.reduce((sum, row) => sum + row.length, 0)
    if (error === undefined) trouble = undefined
    else troubled(error)
  }

  const flush = (): void => {
    clearImmediate(waiting)
    waiting = undefined
    if (rows.length > 0 || head !== '') write()
  }
  const tryAgain = (): void => {
    retry = undefined
    flush()
  }
  flush()

  return {
    append(row) {
      const text = writer.write(row as Row)
      if (trouble && length + text.length > MOST_WAITING) {
        lost++
        return
      }
      rows.push(text)
      length += text.length
      if (trouble) return
      if (length >= BATCH) flush()
      else waiting ??= setImmediate(flush)
    },
    flush,
    get written() {
      return written
    },
    get unwritten() {
      return lost + rows.length
    },
    close() {
      clearImmediate(waiting)
      if (rows.length > 0 || head !== '' || file.deleted) write()
      clearTimeout(retry)
      const cause = trouble?.cause
      lost += rows.splice(0).length
      file.close()
      if (lost === 0 && !trouble) return Promise.resolve()
      const why = trouble ? messageOf(cause) : 'they were lost on the way'
      const message =
        lost === 0
          ? `cannot write ${path}: ${why}`
          : `${lost} of ${lost + written} rows are not in ${path}: ${why}`
      return Promise.reject(new FileError(path, message, cause))
    },
  }
}
