import { Command, Option } from 'commander'
import { applyConfig, hostsOf, loadConfig } from './dial-config.ts'
import { settlePassword } from './password.ts'
import { dialOptions, type DialOptions } from './dial-options.ts'

const EXAMPLES = `
Each option can also be set in the environment (SWITCHIX_RATE=50, SWITCHIX_MAX_OFFERED=100), or under "dial" in
switchix.config.ts, .js, .yaml or .json in the working directory. The command line comes first, then the environment.

Examples:
  switchix dial                                  on the embedded switch, until Ctrl-C
  switchix dial sim --rate 50 --max-offered 500  500 calls at 50 a second on the embedded switch
  switchix dial 10.0.0.1 --rate 20 --limit 100   on a FreeSWITCH, whose calls come back to its own profile and are parked
  switchix dial fs1 fs2 --proxy 10.0.0.9         through a device under test, two FreeSWITCHes taking turns
  switchix dial fs1 --model poisson --stages 10s:50,1m:200,10s:0 --duration exponential:20s
  switchix dial fs1 --dest-url {user}@{host} --fields users.csv --header X-Pin={pin}
  switchix dial fs1 --rate 100 --run-for 1m --threshold 'setup.p95<300ms' --threshold 'asr>0.98'

On a terminal: + - one call a second more or less, * / ten, p pause and go on, q no more calls, q q hang up.

Exit codes: 0 the run was made, 99 a threshold was not kept, 2 usage, 3 a switch could not be reached or went away,
4 the run is not valid (the generator, a busy machine, or the bound --jobs was in the way), 5 a file could not be written, or not all of it,
130 interrupted, 141 nobody read its output any more.`

/** `switchix dial`: the command, its options and what they may be. */
export const dialCommand = (): Command => {
  const command = new Command('dial').argument(
    '[hosts...]',
    'FreeSWITCH servers, host or host:port; "sim", or none, is the embedded switch',
  )
  for (const option of dialOptions()) command.addOption(option)
  return command
    .addOption(new Option('--config <file>', 'read options from here').env('SWITCHIX_CONFIG'))
    .addHelpText('after', EXAMPLES)
    .action(async (hosts: string[], { config: path }: { config?: string }) => {
      const [found, config] = await loadConfig(path)
      applyConfig(command, found, config)
      await settlePassword(command)
      // Loaded when it is needed: `--help` must not wait for it.
      const { dial } = await import('./run-dial.ts')
      const named = hosts.length > 0 ? hosts : hostsOf(found, config)
      process.exitCode = await dial(named, command.opts<DialOptions>())
    })
}
