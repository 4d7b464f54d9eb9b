import { Command } from 'commander'
import { passwordOptions, settlePassword, type PasswordOptions } from './password.ts'
import { rate } from './values.ts'

/** The options of `switchix doctor`, as they were typed. */
export interface DoctorCommandOptions extends PasswordOptions {
  readonly json?: boolean
  readonly rate?: number
  readonly profile: string
}

const EXAMPLES = `
Examples:
  switchix doctor 10.0.0.1              can it be reached, does it let us in, does it park calls
  switchix doctor fs1 fs2 --rate 50     and is it fast enough for 50 calls a second
  switchix doctor fs1 --json            for programs

Nothing is changed on the switch, and no call is placed.

Exit codes: 0 healthy (warnings aside), 1 a problem was found, 2 usage, 3 a switch could not be reached or would not have us.`

/** `switchix doctor`: the command, its options and what they may be. */
export const doctorCommand = (): Command => {
  const [fromCommandLine, fromFile, askFor] = passwordOptions()
  return new Command('doctor')
    .argument('<hosts...>', 'FreeSWITCH servers, host or host:port; "sim" is the embedded switch')
    .option('--rate <cps>', 'calls per second that are wanted', rate)
    .option('--profile <name>', 'SIP profile of the calls', 'external')
    .addOption(fromCommandLine)
    .addOption(fromFile)
    .addOption(askFor)
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (hosts: string[], _: DoctorCommandOptions, command: Command) => {
      await settlePassword(command)
      const { runDoctor } = await import('./run-doctor.ts')
      process.exitCode = await runDoctor(hosts, command.opts())
    })
}
