import { Command, InvalidArgumentError } from 'commander'
import { passwordOptions, settlePassword, type PasswordOptions } from './password.ts'
import { callerScript, type CallerStep } from './caller-script.ts'
import { gatewayOption, type GatewayText } from './gateway-text.ts'
import { count, duration } from './values.ts'

/** The options of `switchix record`, as they were typed. */
export interface RecordCommandOptions extends PasswordOptions {
  readonly out: string
  readonly app?: string
  readonly uuid?: string
  readonly calls?: number
  readonly duration?: number
  readonly maskNumbers?: boolean
  readonly keep?: readonly string[]
  readonly lean?: boolean
  readonly to: string
  readonly from: string
  readonly script?: readonly CallerStep[]
  readonly gateway?: readonly GatewayText[]
}

const uuid = (text: string): string => {
  if (!/^[\w.:-]+$/.test(text))
    throw new InvalidArgumentError(`Expected the uuid of a channel, got "${text}".`)
  return text
}

const EXAMPLES = `
Examples:
  switchix record 10.0.0.1 --out call.jsonl                        the next call, whoever controls it
  switchix record 10.0.0.1 --out call.jsonl --app ./dialplan.ts:welcome   the next call, which the app serves
  switchix record sim --out call.jsonl --app ./dialplan.ts:welcome        no FreeSWITCH: a phone calls the embedded switch
  switchix record sim --out one.jsonl --app ./dialplan.ts:menu --script 2s:1,5s:hangup    the caller presses 1, and hangs up
  switchix record 10.0.0.1 --out day.jsonl --duration 8h --mask-numbers   every call of the day, without its numbers

Secrets are masked always. Ctrl-C ends the recording; the file is written whole, or not at all.

Exit codes: 0 recorded, 1 no call came, 2 usage, 3 the switch could not be reached or went away.`

/** `switchix record`: the command, its options and what they may be. */
export const recordCommand = (): Command => {
  const [fromCommandLine, fromFile, askFor] = passwordOptions()
  return new Command('record')
    .argument(
      '<host>',
      'FreeSWITCH server, host or host:port; "sim" is the embedded switch, which a phone calls',
    )
    .requiredOption('--out <file>', 'the file to write, JSON lines')
    .option('--app <app>', 'serves the calls meanwhile: a built-in app, ./file.ts:name or package:name')
    .option('--uuid <uuid>', 'only the call of this channel; ends with it', uuid)
    .option('--calls <n>', 'ends when so many calls have ended (default: 1; no end with --duration)', count)
    .option('--duration <time>', 'ends after so long: 30s, 10m, 8h', duration)
    .option('--mask-numbers', 'puts pseudonyms in place of telephone numbers, users and their names')
    .option('--keep <number...>', 'numbers and users that are not masked')
    .option('--lean', 'leaves out headers that say nothing of the call')
    .addOption(fromCommandLine)
    .addOption(fromFile)
    .addOption(askFor)
    .option('--to <number>', 'sim: whom the phone calls', '100')
    .option('--from <user>', 'sim: who calls', '1000')
    .option(
      '--script <steps>',
      'sim: what the caller does once answered, each step so long after the one before: 2s:1,500ms:23#,5s:hangup',
      callerScript,
    )
    .addOption(gatewayOption('sim: '))
    .addHelpText('after', EXAMPLES)
    .action(async (host: string, _: RecordCommandOptions, command: Command) => {
      await settlePassword(command)
      const { runRecord } = await import('./run-record.ts')
      process.exitCode = await runRecord(host, command.opts())
    })
}
