import { basename, extname } from 'node:path'
import { recordRun, type RunRecorder } from '../measure/report/record-run.ts'
import { createReporter } from '../measure/report/report.ts'
import type { RunSummary } from '../measure/summary/run-summary.ts'

/** Makes the report of the run that goes on. */
export interface RunReporter extends Pick<RunRecorder, 'ended' | 'listen'> {
  /** The page; it is named after its file. */
  page(path: string, summary: RunSummary): string
}

export const createRunReporter = async (): Promise<RunReporter> => {
  const reporter = await createReporter()
  const recorder = recordRun()
  return {
    ended: recorder.ended,
    listen: recorder.listen,
    page: (path, summary) => reporter.page([recorder.run(basename(path, extname(path)), summary)]),
  }
}
