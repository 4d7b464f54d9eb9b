import { Command, Option } from 'commander'
import { duration } from './values.ts'

/** The options of `switchix replay`, as they were typed. */
export interface ReplayCommandOptions {
  readonly app: string
  readonly ignore?: readonly string[]
  readonly realWork: number
}

const EXAMPLES = `
Examples:
  switchix replay call.jsonl --app ./dialplan.ts:welcome
  switchix replay call.jsonl --app Proxier/timeout=30s

Exit codes: 0 the app did as recorded, 1 it diverged or failed (the first difference is shown), 2 usage, or no recording.`

/** `switchix replay`: feeds a recording to an app and says whether it did as recorded. */
export const replayCommand = (): Command =>
  new Command('replay')
    .argument('<file>', 'what switchix record wrote')
    .requiredOption('--app <app>', 'a built-in app, ./file.ts:name or package:name')
    .option('--ignore <command...>', 'commands that are not compared, such as uuid_kill: those of others')
    .addOption(
      new Option(
        '--real-work <time>',
        'what the app gets for a file, a socket or a timer of Node: 500ms, 10s',
      )
        .argParser(duration)
        .default(5000, '5s'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: ReplayCommandOptions) => {
      const { runReplay } = await import('./run-replay.ts')
      process.exitCode = await runReplay(file, options)
    })
