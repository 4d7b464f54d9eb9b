import { Command, Option } from 'commander'
import { passwordOptions, settlePassword, type PasswordOptions } from './password.ts'
import type { AtStart } from '../service/reach.ts'
import { gatewayOption, type GatewayText } from './gateway-text.ts'
import type { OnFailure } from '../listener/on-failure.ts'
import { duration, listenAddress, onFailure, pair, type ListenAddress } from './values.ts'

/** The options of `switchix serve`, as they were typed. */
export interface ServeCommandOptions extends PasswordOptions {
  readonly app: readonly string[]
  readonly grace: number
  readonly watch?: boolean
  readonly outbound?: ListenAddress
  readonly gateway?: readonly GatewayText[]
  readonly atStart: AtStart
  readonly only?: readonly [header: string, value: string]
  readonly onFailure?: OnFailure
  readonly allow?: readonly string[]
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value]

const EXAMPLES = `
Examples:
  switchix serve fs1 fs2 --app ./dialplan.ts:router   the app "router" of a file, for the calls of two FreeSWITCHes
  switchix serve sim --app Proxier                    a built-in app, on an embedded switch that others can connect to
  switchix serve fs1 --app Bert/timeout=5s --watch    with options; edited files are loaded again, for new calls
  switchix serve --outbound 8084 --app ./ivr.ts       for the calls that <action application="socket"
                                                      data="host:8084 async full"/> hands over

Ctrl-C or SIGTERM: no more calls; those that there are get --grace, then they are hung up. The second ends at once.

Exit codes: 0 ended as asked, 2 usage, 3 hosts that could not be reached at the start (--at-start) or would not let us in,
130 interrupted twice.`

/** `switchix serve`: the command, its options and what they may be. */
export const serveCommand = (): Command => {
  const [fromCommandLine, fromFile, askFor] = passwordOptions()
  return new Command('serve')
    .argument('[hosts...]', 'FreeSWITCH servers, host or host:port; "sim" is the embedded switch')
    .addOption(
      new Option(
        '--app <source>',
        'Name, ./file.ts:name or package:name, with /name=value,… for options; repeat for more',
      )
        .argParser(collect)
        .makeOptionMandatory(),
    )
    .option(
      '--only <header=value>',
      'only for calls with that header or channel variable: Caller-Context=sales (default: for all)',
      pair('a header'),
    )
    .option(
      '--on-failure <what>',
      'a call whose app fails: hangup, hangup:USER_BUSY, or leave; bridged ones stay (default: what the app says, else hangup)',
      onFailure,
    )
    .addOption(
      new Option('--grace <time>', 'what running calls get when it ends: 30s, 2m, 0')
        .argParser(duration)
        .default(30_000, '30s'),
    )
    .addOption(
      new Option('--at-start <how many>', 'hosts that must be reachable; those that are not are looked for')
        .choices(['all', 'any', 'none'])
        .default('any'),
    )
    .option('--watch', 'load an edited app again: new calls get it, those that are up keep the old one')
    .option(
      '--outbound <[host]:port>',
      'listen for calls that the socket application hands over: 8084 (this machine only), :8084 (all addresses)',
      listenAddress,
    )
    .option(
      '--allow <cidr>',
      'let only these networks connect to --outbound: 10.0.0.0/8, 2001:db8::/32; repeat for more (default: everybody who can reach it)',
      collect,
    )
    .addOption(fromCommandLine)
    .addOption(fromFile)
    .addOption(askFor)
    .addOption(gatewayOption('sim: '))
    .addHelpText('after', EXAMPLES)
    .action(async (hosts: string[], _: ServeCommandOptions, command: Command) => {
      await settlePassword(command)
      const { runServe } = await import('./run-serve.ts')
      process.exitCode = await runServe(hosts, command.opts())
    })
}
