import { Command } from 'commander'

/** The options of `switchix plot`. */
export interface PlotCommandOptions {
  readonly out?: string
  readonly title?: string
}

const EXAMPLES = `
RUN is a CDR file: .csv or .ndjson of switchix, or the CSV of switchio's own CDR app.

Examples:
  switchix plot run.csv --out run.svg
  switchix plot switchio_data.csv > old.svg

Exit codes: 0 drawn, 2 usage, or a file without calls.`

/** `switchix plot`: draws latencies, calls and rates, call by call. */
export const plotCommand = (): Command =>
  new Command('plot')
    .argument('<run>', 'CDR file')
    .option('--out <file>', 'the file to write (default: stdout)')
    .option('--title <text>', 'what is said above it (default: the name of the file)')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string, options: PlotCommandOptions) => {
      const { plot } = await import('./run-plot.ts')
      process.stdout.write(await plot(run, options))
    })
