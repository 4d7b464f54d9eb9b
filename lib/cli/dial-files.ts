import { junitXml } from '../dial/export/junit.ts'
import { summaryJson } from '../dial/export/summary-json.ts'
import type { Fields } from '../dial/destination/template.ts'
import type { RunMeasure } from '../dial/measurers.ts'
import type { RunSummary } from '../dial/summary.ts'
import { messageOf } from '../errors.ts'
import type { CallDetailRecord } from '../measure/cdr/cdr.ts'
import type { Call } from '../model/call.ts'
import type { DialOptions } from './dial-options.ts'
import { claimFile, writeOutput } from './output-files.ts'
import type { RunReporter } from './run-reporter.ts'
import { openStores } from './run-stores.ts'

/** All files that a run of `switchix dial` writes. */
export interface DialFiles {
  /** Whether anybody wants the rows of calls. */
  readonly wantsCalls: boolean
  ended(cdr: CallDetailRecord, call: Call | undefined, fields: Fields): void
  /** Keeps the rows of each measure. Rejects with ArgumentError where a file cannot be written. */
  keep(measures: readonly RunMeasure[]): Promise<void>
  /** Returns the summary with what became of the rows. */
  complete(summary: RunSummary): RunSummary
  /** Writes the summary, JUnit's XML and the report: each of them, whatever becomes of the others. Returns those that it wrote. */
  write(summary: RunSummary): readonly string[]
  close(): Promise<void>
  /** Whether all that was to be written is in its file. */
  readonly whole: boolean
}

const say = (text: string): void => void process.stderr.write(`switchix: ${text}\n`)

/**
 * Opens the files of a run, before anything else is: what an earlier run has left under their names is gone then. Rejects with
 * ArgumentError and FileError.
 */
export const openDialFiles = async ({
  cdr,
  cdrFields,
  summary,
  junit,
  report,
}: DialOptions): Promise<DialFiles> => {
  for (const [option, path] of Object.entries({ summary, junit, report }))
    if (path !== undefined) claimFile(`--${option}`, path)
  // Only who asks for it pays for it.
  const reporter: RunReporter | undefined =
    report === undefined ? undefined : await (await import('./run-reporter.ts')).createRunReporter()
  const stores = await openStores(cdr, say, cdrFields)
  let whole = true

  const attempt = (option: string, path: string | undefined, text: () => string | undefined): string[] => {
    if (path === undefined) return []
    try {
      const content = text()
      if (content === undefined) return []
      writeOutput(option, path, content)
      return [path]
    } catch (error) {
      whole = false
      say(messageOf(error))
      return []
    }
  }

  return {
    wantsCalls: cdr !== undefined || reporter !== undefined,
    ended(row, call, fields) {
      stores.append(row, fields)
      reporter?.ended(row, call)
    },
    async keep(measures) {
      await stores.keep(measures)
      reporter?.listen(measures)
    },
    complete(made) {
      const files = stores.settle()
      if (files.some(({ unwritten }) => unwritten > 0)) whole = false
      return { ...made, files }
    },
    write: (made) => [
      ...attempt('--summary', summary, () => summaryJson(made)),
      ...attempt('--junit', junit, () => junitXml(made)),
      ...attempt('--report', report, () => reporter?.page(report ?? '', made)),
    ],
    async close() {
      if (!(await stores.close())) whole = false
    },
    get whole() {
      return whole
    },
  }
}
