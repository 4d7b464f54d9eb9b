import { closeSync, lstatSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { ArgumentError, FileError, messageOf } from '../errors.ts'

/** What is wrong with the disk, not with what was typed. */
const DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EFBIG', 'ENXIO'])

/**
 * Throws for a file that cannot be written: FileError (FILE_NOT_WRITTEN) where the disk is full or read-only, else ArgumentError
 * (BAD_ARGUMENT), for the path is wrong.
 */
export const cannotWrite = (option: string, path: string, error: unknown): never => {
  if (error instanceof ArgumentError || error instanceof FileError) throw error
  const message = `${option}: cannot write ${path}: ${messageOf(error)}`
  if (DISK.has((error as NodeJS.ErrnoException).code ?? '')) throw new FileError(path, message, error)
  throw new ArgumentError(message, error)
}

/** Removes a file, but never what only looks like one (a pipe, a device, a link). */
const removeRegular = (path: string): void => {
  try {
    if (lstatSync(path).isFile()) rmSync(path)
  } catch {
    // It may be emptied where it cannot be removed, and it is empty.
  }
}

/**
 * Finds out before a run whether a file can be written at its end, and removes that of an earlier run: should this one be killed,
 * nobody takes the old file for its own. Throws as `cannotWrite`.
 */
export const claimFile = (option: string, path: string): void => {
  try {
    closeSync(openSync(path, 'w'))
  } catch (error) {
    cannotWrite(option, path, error)
  }
  removeRegular(path)
}

/** Writes a file; where that fails, nothing is left of it. Throws as `cannotWrite`. */
export const writeOutput = (option: string, path: string, text: string): void => {
  try {
    writeFileSync(path, text)
  } catch (error) {
    removeRegular(path)
    cannotWrite(option, path, error)
  }
}
