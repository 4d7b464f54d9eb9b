import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { ArgumentError } from '../../errors.ts'
import type { CalledParty } from '../calls/far-end.ts'
import { farEnd, type FarEndScript } from './script.ts'

/**
 * Reads a far end script from a JSON or YAML file. Throws ArgumentError when the file cannot be read, is neither, or is
 * no such script.
 */
export const readFarEnd = (path: string): CalledParty => {
  let script: unknown
  try {
    script = parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new ArgumentError(`the far end script ${path} cannot be read: ${why}`, cause)
  }
  return farEnd(script as FarEndScript)
}
