import { Command, InvalidArgumentError, Option } from 'commander'
import { gatewayOption, type GatewayText } from './gateway-text.ts'
import { count, seed } from './values.ts'

/** A SIP profile as it was typed: `name=host:port/context`. */
export interface ProfileText {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly context: string
}

/** The options of `switchix sim`, as they were typed. */
export interface SimCommandOptions {
  readonly port: number
  readonly host: string
  readonly password: string
  readonly seed?: number
  readonly dialplan?: string
  readonly sps?: number
  readonly maxSessions?: number
  readonly farEnd?: string
  readonly profile?: readonly ProfileText[]
  readonly gateway?: readonly GatewayText[]
  readonly sounds?: string
  readonly recordings?: string
  readonly acl?: readonly string[]
}

const port = (text: string): number => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError(`Expected a port from 0 (any that is free) to 65535, got "${text}".`)
  return number
}

/** `external=127.0.0.1:5080/public`; the context is `default` where there is none. */
export const profileText = (text: string, before: readonly ProfileText[] = []): ProfileText[] => {
  const [, name = '', host = '', digits = '', context = 'default'] =
    /^([^=\s]+)=([^:\s]+):(\d+)(?:\/(\S+))?$/.exec(text) ?? []
  if (name === '')
    throw new InvalidArgumentError(
      `Expected a SIP profile such as external=127.0.0.1:5080/public, got "${text}".`,
    )
  return [...before, { name, host, port: port(digits), context }]
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value]

const EXAMPLES = `
Examples:
  switchix sim                                        on 127.0.0.1:8021, password ClueCon; every call is parked
  switchix sim --dialplan dialplan.xml --profile external=127.0.0.1:5080/public
  switchix sim --far-end parties.yaml --seed 7        called parties answer, are busy or ring out, the same in every run
  switchix sim --sounds ./sounds --recordings ./out   WAV files are played and written

A far end script says how parties behave that are not on this switch:
  weights:
    70: { ring: 200ms, answer: { lognormal: [4s, 0.5] }, hangup: { exponential: 1m } }
    20: { busy: true }
    10: { ring: 200ms }

Ctrl-C or SIGTERM ends it.

Exit codes: 0 ended as asked, 2 usage, 3 the address cannot be listened on.`

/** `switchix sim`: the command, its options and what they may be. */
export const simCommand = (): Command =>
  new Command('sim')
    .option('--port <port>', 'the Event Socket; 0 is any that is free', port, 8021)
    .option('--host <address>', 'where it listens: nobody outside gets in unless told so', '127.0.0.1')
    .addOption(
      new Option('--password <text>', "the Event Socket's password")
        .default('ClueCon')
        .env('SWITCHIX_SIM_PASSWORD'),
    )
    .option('--seed <n>', 'the same seed and commands give the same run', seed)
    .option('--dialplan <file>', "FreeSWITCH's XML: what calls that come in do (default: they are parked)")
    .option('--far-end <file>', 'JSON or YAML: how parties outside behave (default: their ports are closed)')
    .option('--profile <name=host:port/context>', 'a SIP profile; repeat for more', profileText)
    .addOption(gatewayOption(''))
    .option('--sps <n>', 'sessions that may begin in a second', count)
    .option('--max-sessions <n>', 'sessions that may be up at once', count)
    .option('--sounds <dir>', 'play the WAV files in this folder')
    .option('--recordings <dir>', 'write recordings into this folder')
    .option('--acl <cidr>', 'let in only these addresses; repeat for more', collect)
    .addHelpText('after', EXAMPLES)
    .action(async (options: SimCommandOptions) => {
      const { runSim } = await import('./run-sim.ts')
      process.exitCode = await runSim(options)
    })
