import { Command } from 'commander'
import { count } from './values.ts'

/** The options of `switchix report`. */
export interface ReportCommandOptions {
  readonly out: string
  readonly calls?: number
}

const EXAMPLES = `
RUN is what a run has left: its CDR file (.csv, .ndjson), its summary (.json), or both; a folder of them, or a pattern. Of several
runs each has its part of the page, and they are compared at its beginning. A summary belongs to the CDR file of the same
name before the ending.

Examples:
  switchix report run.csv run.json
  switchix report run.csv --out monday.html
  switchix report monday.csv monday.json tuesday.csv tuesday.json --out week.html

Exit codes: 0 written, 2 usage, or files that are none of a run.`

/** `switchix report`: makes a page of what runs have left. */
export const reportCommand = (): Command =>
  new Command('report')
    .argument('<runs...>', 'CDR files, summaries, folders or patterns')
    .option('--out <file>', 'the page', 'report.html')
    .option('--calls <count>', 'slow and failed calls that can be looked at, each (default: 50)', count)
    .addHelpText('after', EXAMPLES)
    .action(async (runs: string[], options: ReportCommandOptions) => {
      const { report } = await import('./run-report.ts')
      process.stdout.write(await report(runs, options))
    })
