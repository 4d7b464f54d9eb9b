import { SYS_STATS_FIGURES } from '../apps/sys-stats.ts'
import { readRun } from '../measure/report/read-run.ts'
import { createReporter } from '../measure/report/report.ts'
import type { ReportRun } from '../measure/report/run.ts'
import { findRuns } from '../measure/report/run-sources.ts'
import type { ReportCommandOptions } from './report.ts'
import { writeOutput } from './output-files.ts'

/** Makes a report, and gives what `switchix report` says. Rejects with ArgumentError (BAD_ARGUMENT). */
export const report = async (
  paths: readonly string[],
  { out, calls }: ReportCommandOptions,
): Promise<string> => {
  const runs: ReportRun[] = []
  const leaveOut = (path: string, why: string): void =>
    void process.stderr.write(`switchix: left out ${path}: ${why}\n`)
  for (const sources of await findRuns(paths, leaveOut))
    runs.push(await readRun(sources, { calls, panels: { SysStats: SYS_STATS_FIGURES } }))
  const reporter = await createReporter()
  writeOutput('--out', out, reporter.page(runs))
  return `${out}\n`
}
