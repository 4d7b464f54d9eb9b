import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { ArgumentError, messageOf } from '../../errors.ts'
import { openDatabase } from '../query/duckdb.ts'
import { findRunFiles } from '../query/run-files.ts'
import { readSummary } from './read-summary.ts'

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

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

const firstLine = (path: string): string => {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(1 << 16)
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0)).split('\n', 1)[0] ?? ''
  } finally {
    closeSync(file)
  }
}

/** What is wrong with a file in a folder that lies there among those of runs; undefined for one of a run. */
const whyNone = async (path: string): Promise<string | undefined> => {
  try {
    if (isSummary(path)) await readSummary(path)
    else if (
      extname(path) !== '.parquet' &&
      statSync(path).size > 0 &&
      !firstLine(path).includes('call_uuid')
    )
      return 'it holds no CDRs'
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

/** A killed run leaves files that are empty or not whole, and a folder has others beside: those are told of, and left out. */
const sift = async (
  path: string,
  files: readonly string[],
  leaveOut: ((path: string, why: string) => void) | undefined,
): Promise<string[]> => {
  if (!leaveOut || !isFolder(path)) return [...files]
  const kept: string[] = []
  for (const file of files) {
    const why = await whyNone(file)
    if (why === undefined) kept.push(file)
    else leaveOut(file, why)
  }
  return kept
}

const isFolderOfSummaries = (path: string): boolean =>
  isFolder(path) && readdirSync(path).every((name) => !/\.(csv|ndjson|jsonl|parquet)$/i.test(name))

/**
 * The runs that these name: CDR files, summaries (`.json`), folders, patterns. A summary belongs to the CDR file of the same
 * name before the ending, or to the only one there is. With
 * `leaveOut`, what lies in a folder and is no file of a run, or is not whole, is told to it and left out. Rejects with ArgumentError (BAD_ARGUMENT) where there is none.
 */
export const findRuns = async (
  paths: readonly string[],
  leaveOut?: (path: string, why: string) => void,
): Promise<readonly RunSources[]> => {
  const summaries: string[] = []
  for (const path of paths)
    for (const each of await sift(path, summariesIn(path), leaveOut))
      if (!summaries.includes(each)) summaries.push(each)
  const withCdrs: RunSources[] = []
  for (const path of paths)
    if (!isSummary(path) && !(summariesIn(path).length > 0 && isFolderOfSummaries(path))) {
      const found = await cdrsOf(path)
      const kept = await sift(path, found.flatMap(({ cdrs }) => cdrs), leaveOut)
      withCdrs.push(...found.filter(({ cdrs: [file] }) => file !== undefined && kept.includes(file)))
    }
  if (withCdrs.length + summaries.length === 0)
    throw new ArgumentError(`expected the CDRs or the summary of a run; there is none in ${paths.join(', ')}`)
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
