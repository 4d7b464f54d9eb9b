import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'

/** A file that whole pieces of text are appended to. */
export interface AppendFile {
  /**
   * Appends the pieces; returns how many of them are in the file as a whole, and what kept the others out of it. Where a disk
   * is full in the middle of a piece, that piece is cut off again.
   */
  append(pieces: readonly string[]): { readonly written: number; readonly error?: unknown }
  /** Whether it was deleted after it was opened: what is written to it then is lost. */
  readonly deleted: boolean
  /** Creates the file again where it was deleted. Throws where that is not possible, or another one has taken its place. */
  recreate(): void
  close(): void
}

/** Returns how many bytes of it were written, and what kept the rest from being written. */
const writeAll = (fd: number, bytes: Buffer): { readonly done: number; readonly error?: unknown } => {
  let done = 0
  try {
    // A disk that is almost full takes a part, and says why at the next write.
    while (done < bytes.length) done += writeSync(fd, bytes, done)
  } catch (error) {
    return { done, error }
  }
  return { done }
}

/** Opens a file to append to. Throws the system's error where that is not possible. */
export const openAppend = (path: string): AppendFile => {
  let fd = openSync(path, 'a')
  const opened = fstatSync(fd)
  /** A pipe or a device cannot be cut, and has no name that it could lose. */
  const regular = opened.isFile() && opened.nlink > 0

  const cut = (bytes: number): void => {
    if (bytes === 0 || !regular) return
    try {
      ftruncateSync(fd, fstatSync(fd).size - bytes)
    } catch {
      // What is left is a row without its end, which every reader leaves out; but no row may follow it.
    }
  }

  return {
    append(pieces) {
      const { done, error } = writeAll(fd, Buffer.from(pieces.join('')))
      if (error === undefined) return { written: pieces.length }
      let [written, whole] = [0, 0]
      for (const piece of pieces) {
        const next = whole + Buffer.byteLength(piece)
        if (next > done) break
        whole = next
        written++
      }
      cut(done - whole)
      return { written, error }
    },
    get deleted() {
      return regular && fstatSync(fd).nlink === 0
    },
    recreate() {
      const fresh = openSync(path, 'ax')
      closeSync(fd)
      fd = fresh
    },
    close: () => closeSync(fd),
  }
}
