import { ArgumentError } from '../errors.ts'
import type { ClientApp } from '../service/client.ts'
import { BERT_OPTIONS, bert } from './bert.ts'
import { BRIDGER_OPTIONS, bridger } from './bridger.ts'
import { CALLEE_BLOCK_OPTIONS, calleeBlockOnInvite } from './callee-block-on-invite.ts'
import { CALLEE_RINGBACK_OPTIONS, calleeRingback } from './callee-ringback.ts'
import { CDR_OPTIONS, cdr } from './cdr.ts'
import { DTMF_CHECKER_OPTIONS, dtmfChecker } from './dtmf-checker.ts'
import { MUTED_PLAY_REC_OPTIONS, mutedPlayRec } from './muted-play-rec.ts'
import type { OptionSpec, OptionTable } from './options/option.ts'
import { parseOptions } from './options/parse-options.ts'
import { PLAY_REC_OPTIONS, playRec } from './play-rec.ts'
import { PROXIER_OPTIONS, proxier } from './proxier.ts'
import { ROUTER_OPTIONS, routesTable } from './routes-table.ts'
import { SYS_STATS_OPTIONS, sysStats } from './sys-stats.ts'
import { TONE_PLAY_OPTIONS, tonePlay } from './tone-play.ts'

/** An option of a built-in app, to be shown. */
export interface AppOption {
  readonly name: string
  /** `duration`, `count`, `number`, `boolean`, `text`, `cause`, `json`, `function`, or the words it may be: `a|b`. */
  readonly type: string
  /** As it is written on a command line. */
  readonly default: string
  readonly summary: string
  /** Whether a command line can give it; a function only a program can. */
  readonly settable: boolean
}

/** A built-in app, as the command line knows it. */
export interface BuiltInApp {
  readonly name: string
  readonly summary: string
  readonly options: readonly AppOption[]
  /** Reads `name=value,name=value`; see `parseOptions`. Throws ArgumentError (BAD_ARGUMENT). */
  parse(text: string): Readonly<Record<string, unknown>>
  /**
   * Makes the app. Load the same one on every node: it keeps apart what is a node's, and its counts and files are those
   * of all. Throws ArgumentError (BAD_ARGUMENT) for options that it has not, or that make no sense.
   */
  create(options?: Readonly<Record<string, unknown>>): ClientApp
}

const builtIn = <O extends object>(
  name: string,
  summary: string,
  table: OptionTable<O>,
  factory: (options: O) => ClientApp,
): BuiltInApp => ({
  name,
  summary,
  options: Object.entries<OptionSpec<unknown>>(
    table as unknown as Readonly<Record<string, OptionSpec<unknown>>>,
  ).map(([option, spec]) => ({
    name: option,
    type: spec.type,
    default: spec.write(spec.default),
    summary: spec.summary,
    settable: spec.read !== undefined,
  })),
  parse: (text) => parseOptions(name, table, text),
  create: (options = {}) => factory(options as O),
})

export const BUILT_IN_APPS: readonly BuiltInApp[] = [
  builtIn(
    'TonePlay',
    'plays a milliwatt tone on the outbound leg and echoes it back on the inbound one',
    TONE_PLAY_OPTIONS,
    tonePlay,
  ),
  builtIn(
    'PlayRec',
    'has the two legs play a clip to each other in turn, records some of the calls, and hangs up',
    PLAY_REC_OPTIONS,
    playRec,
  ),
  builtIn(
    'MutedPlayRec',
    'has both legs play a clip over and over, one of them muted in turn, records some of the calls, and hangs up',
    MUTED_PLAY_REC_OPTIONS,
    mutedPlayRec,
  ),
  builtIn(
    'Bert',
    'tests the sound of calls for bit errors (mod_bert): a pattern goes out and must come back',
    BERT_OPTIONS,
    bert,
  ),
  builtIn(
    'DtmfChecker',
    'sends a sequence of digits, and checks what comes out at the far leg',
    DTMF_CHECKER_OPTIONS,
    dtmfChecker,
  ),
  builtIn(
    'CalleeBlockOnInvite',
    'rejects every call that comes in, with a SIP status or a hangup cause',
    CALLEE_BLOCK_OPTIONS,
    calleeBlockOnInvite,
  ),
  builtIn(
    'CalleeRingback',
    'has calls ring, with early media, and never answers them',
    CALLEE_RINGBACK_OPTIONS,
    calleeRingback,
  ),
  builtIn('Proxier', 'proxies every inbound call to its SIP Request-URI', PROXIER_OPTIONS, proxier),
  builtIn(
    'Bridger',
    'bridges the legs of a call again and again, each time to what a table says',
    BRIDGER_OPTIONS,
    bridger,
  ),
  builtIn(
    'Router',
    'routes calls by patterns over the number that was dialled: to a bridge, a SIP status or a cause',
    ROUTER_OPTIONS,
    routesTable,
  ),
  builtIn('CDR', 'writes a row for each call that has ended (load it as a measurer)', CDR_OPTIONS, cdr),
  builtIn(
    'SysStats',
    'samples CPU, memory and load of this machine, and idle CPU and sessions of each switch',
    SYS_STATS_OPTIONS,
    sysStats,
  ),
]

/** The built-in app of that name, in any case of letters. */
export const findBuiltIn = (name: string): BuiltInApp | undefined =>
  BUILT_IN_APPS.find((app) => app.name.toLowerCase() === name.toLowerCase())

/**
 * Makes a built-in app out of `Name` or `Name/option=value,option=value`. Throws ArgumentError (BAD_ARGUMENT) for a name
 * or an option that there is not.
 */
export const createBuiltIn = (text: string): ClientApp => {
  const [, name = '', options = ''] = /^([^/]*)\/?([^]*)$/.exec(text) ?? []
  const found = findBuiltIn(name)
  if (!found)
    throw new ArgumentError(
      `there is no built-in app "${name}"; there are ${BUILT_IN_APPS.map((app) => app.name).join(', ')}`,
    )
  return found.create(found.parse(options))
}
