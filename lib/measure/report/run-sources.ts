import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { ArgumentError } from '../../errors.ts'
import { openDatabase } from '../query/duckdb.ts'
import { findRunFiles } from '../query/run-files.ts'

/** The files of one run. */
export interface RunSources {
  readonly cdrs: readonly string[]
  readonly summary: string | undefined
  /** What was measured beside the calls, by the measurer's name. */
  readonly measures: ReadonlyMap<string, readonly string[]>
}

const stemOf = (path: string): string => basename(path, extname(path))

const isSummary = (path: string): boolean => extname(path).toLowerCase() === '.json'

/** Of a folder, the summaries; whatever else is asked for may be CDRs. */
const summariesIn = (path: string): string[] => {
  if (isSummary(path)) return [path]
  if (!existsSync(path) || !statSync(path).isDirectory()) return []
  return readdirSync(path).filter(isSummary).sort().map((name) => join(path, name)) // prettier-ignore
}

const cdrsOf = async (path: string): Promise<RunSources[]> => {
  const files = await findRunFiles([path], openDatabase)
  const cdrs = files.get('cdrs') ?? []
  const measuresOf = (stem: string): Map<string, string[]> => {
    const measures = new Map<string, string[]>()
    for (const [name, paths] of files)
      for (const each of name === 'cdrs' ? [] : paths)
        if (stemOf(each) === `${stem}.${name}`) measures.set(name, [each])
    return measures
  }
  return cdrs.map((each) => ({ cdrs: [each], summary: undefined, measures: measuresOf(stemOf(each)) }))
}

const isFolderOfSummaries = (path: string): boolean =>
  existsSync(path) &&
  statSync(path).isDirectory() &&
  readdirSync(path).every((name) => !/\.(csv|ndjson|jsonl|parquet)$/i.test(name))

/**
 * The runs that these name: CDR files, summaries (`.json`), folders, patterns. A summary belongs to the CDR file of the same
 * name before the ending, or to the only one there is. Rejects with ArgumentError (BAD_ARGUMENT) where there is none.
 */
export const findRuns = async (paths: readonly string[]): Promise<readonly RunSources[]> => {
  const summaries = [...new Set(paths.flatMap(summariesIn))]
  const withCdrs: RunSources[] = []
  for (const path of paths)
    if (!isSummary(path) && !(summariesIn(path).length > 0 && isFolderOfSummaries(path)))
      withCdrs.push(...(await cdrsOf(path)))
  const missing = summaries.find((path) => !existsSync(path))
  if (missing !== undefined) throw new ArgumentError(`expected the summary of a run; there is none at ${missing}`)
  const parquet = withCdrs.flatMap(({ cdrs }) => cdrs).find((path) => extname(path).toLowerCase() === '.parquet')
  if (parquet !== undefined)
    throw new ArgumentError(`a report is made of .csv and .ndjson; ask ${parquet} in SQL (switchix query)`)
  if (summaries.length === 1 && withCdrs.length === 1) return [{ ...(withCdrs[0] as RunSources), summary: summaries[0] }]
  const own = (stem: string): string | undefined => summaries.find((path) => stemOf(path) === stem)
  const runs = withCdrs.map((run) => ({ ...run, summary: own(stemOf(run.cdrs[0] ?? '')) }))
  const alone = summaries.filter((path) => runs.every(({ summary }) => summary !== path))
  return [...runs, ...alone.map((summary) => ({ cdrs: [], summary, measures: new Map<string, string[]>() }))]
} // prettier-ignore
