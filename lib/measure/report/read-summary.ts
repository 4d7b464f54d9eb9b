import { readFile } from 'node:fs/promises'
import { ArgumentError, messageOf } from '../../errors.ts'
import type { RunSummary } from '../summary/run-summary.ts'

const BEFORE = { outcome: 'completed', error: null, files: [] } as const

const SCHEMA = new URL('../../../schema/run-summary.schema.json', import.meta.url)

/** Reads what `dial --summary` has written. Rejects with ArgumentError (BAD_ARGUMENT), which says what is wrong with it. */
export const readSummary = async (path: string): Promise<RunSummary> => {
  const json = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ArgumentError(`cannot read ${path}: ${messageOf(error)}`, error)
  })
  let content: unknown
  try {
    content = JSON.parse(json)
  } catch (error) {
    throw new ArgumentError(
      `expected ${path} to be the summary of a run, as JSON: ${messageOf(error)}`,
      error,
    )
  }
  const { Ajv } = await import('ajv')
  const ajv = new Ajv({ allErrors: false, allowUnionTypes: true })
  const isSummary = ajv.compile<RunSummary>(JSON.parse(await readFile(SCHEMA, 'utf8')) as object)
  // What those of 0.1.0 do not say.
  if (isSummary(content)) return { ...BEFORE, ...content }
  throw new ArgumentError(
    `expected ${path} to be the summary of a run (dial --summary): ${ajv.errorsText(isSummary.errors, { dataVar: 'it' })}`,
  )
}
