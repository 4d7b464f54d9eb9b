import { open, truncate } from 'node:fs/promises'
import { ArgumentError } from '../../errors.ts'
import { formatOf } from './format.ts'
import { wholeLength } from './whole-length.ts'

/**
 * Prepares a file of an earlier run for more rows: cuts off a last row that was not finished. Resolves with whether the file has
 * its head. Rejects with ArgumentError (BAD_ARGUMENT) where the columns differ.
 */
export const resumeFile = async (path: string, head: string): Promise<boolean> => {
  const file = await open(path, 'a+')
  try {
    const { size } = await file.stat()
    const whole = await wholeLength(path, formatOf(path))
    if (whole < size) await truncate(path, whole)
    if (whole === 0) return false
    const start = Buffer.alloc(Buffer.byteLength(head))
    await file.read(start, 0, start.length, 0)
    if (start.toString() !== head)
      throw new ArgumentError(`cannot append to ${path}: its columns differ; name another file`)
    return true
  } finally {
    await file.close()
  }
}
