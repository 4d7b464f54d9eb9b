import { Command, Option } from 'commander'
import { count } from './values.ts'

/** The options of `switchix ladder`, as they were typed. */
export interface LadderCommandOptions {
  readonly format?: 'text' | 'svg' | 'html'
  readonly out?: string
  readonly width?: number
  readonly all?: boolean
}

const EXAMPLES = `
Examples:
  switchix ladder call.jsonl                     in the terminal
  switchix ladder call.jsonl --out call.html     a page by itself
  switchix ladder call.jsonl --format svg > call.svg

Exit codes: 0 shown, 2 usage, or no recording.`

/** `switchix ladder`: shows a recording as a sequence diagram. */
export const ladderCommand = (): Command =>
  new Command('ladder')
    .argument('<file>', 'what switchix record wrote')
    .addOption(
      new Option('--format <format>', 'default: as the name of --out ends, else text').choices([
        'text',
        'svg',
        'html',
      ]),
    )
    .option('--out <file>', 'the file to write (default: stdout)')
    .option('--width <columns>', 'of text (default: as wide as the terminal)', count)
    .option('--all', 'with the events that say nothing new, such as CHANNEL_STATE')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: LadderCommandOptions) => {
      const { runLadder } = await import('./run-ladder.ts')
      process.exitCode = await runLadder(file, options)
    })
