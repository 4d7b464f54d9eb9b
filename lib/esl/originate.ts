import { ArgumentError } from '../errors.ts'
import { requireNoExpansion, requireOneLine } from './command.ts'

/** Where a call goes and what the switch does with it once it is answered. Times are milliseconds. */
export interface OriginateSpec {
  /** `user@host:port`, put behind `sofia/<profile>/` or `sofia/gateway/<gateway>/`; or a whole dial string. */
  readonly dest: string
  /** Sofia profile that sends the INVITE. Default `external`. */
  readonly profile?: string
  /** Gateway to send through, in place of a profile. */
  readonly gateway?: string
  /** First hop, `host:port`: the device under test. */
  readonly proxy?: string
  /** Application that runs on the answered channel. Default `park`, which gives it to the apps. */
  readonly execute?: string
  readonly executeArg?: string
  /** How long it may ring. The switch counts in seconds: rounded up. Default 60 000. */
  readonly timeout?: number
  readonly callerIdName?: string
  readonly callerIdNumber?: string
  /** Channel variables of the new channel; `sip_h_X-Name` sends a SIP header. */
  readonly vars?: Readonly<Record<string, string | number | boolean>>
  /** Lets `${…}` in variables and in `executeArg` through, for the switch to expand. Default false. */
  readonly expand?: boolean
}

const escape = (text: string, also: RegExp | undefined): string => {
  const escaped = text.replace(/[\\']/g, '\\$&')
  return also ? escaped.replace(also, '\\$&') : escaped
}

/** Blanks at the ends are stripped each time the switch takes a string apart; `\s` in the last round is a blank. */
const keepOuterBlanks = (text: string): string =>
  text.replace(/^ +| +$/g, (blanks) => '\\s'.repeat(blanks.length))

/**
 * `:_:` parts the calls of an enterprise originate, and is looked for before the braces are
 * (`SWITCH_ENT_ORIGINATE_DELIM`). The quotes that part it here are gone once the braces are read.
 */
const hideDelimiter = (text: string): string => text.replace(/:_(?=:)/g, ":''_")

/**
 * A variable's value goes through three rounds of unquoting: the command is cut at blanks, the braces at commas, the
 * pair at `=` (`switch_separate_string` and `cleanup_separated_string` in `src/switch_utils.c`, called by
 * `originate_function` and `switch_event_create_brackets`). Each round eats one layer of `\` and of `'…'`.
 */
const encodeValue = (value: string): string => {
  const inPair = keepOuterBlanks(escape(value, undefined))
  const inBraces = hideDelimiter(escape(inPair, /,/g))
  return encodeWord(inBraces)
}

/** A word of the command line: one round, in which blanks separate. */
const encodeWord = (word: string): string => escape(word, undefined).replace(/ /g, '\\s')

/** The switch counts braces without regard to quotes, so only balanced ones can be sent. */
const requireBalanced = (name: string, value: string): string => {
  let depth = 0
  for (const char of value) {
    if (char === '{') depth++
    if (char === '}' && --depth < 0) break
  }
  if (depth !== 0)
    throw new ArgumentError(
      `variable ${name} has unbalanced braces, which originate cannot carry: ${JSON.stringify(value)}`,
    )
  return value
}

const encodePair = (name: string, value: string, expand: boolean): string => {
  if (!/^[\w.:-]+$/.test(name))
    throw new ArgumentError(
      `expected a variable name of letters, digits and _ - . :, got ${JSON.stringify(name)}`,
    )
  requireBalanced(name, requireOneLine(`variable ${name}`, value))
  if (!expand) requireNoExpansion(`variable ${name}`, value)
  return `${name}=${encodeValue(value)}`
}

const requireAddress = (what: string, text: string): string => {
  if (!/^[^\s,|<>{}[\]'"\\]+$/.test(requireOneLine(what, text)) || text.includes(':_:'))
    throw new ArgumentError(
      `expected ${what} without blanks, quotes, brackets, commas, bars or ":_:", got ${JSON.stringify(text)}`,
    )
  return text
}

/** A whole dial string names its endpoint: `sofia/…`, `loopback/…`, `user/…`, `error/…`. */
const isDialString = (dest: string): boolean => /^[a-z_]+\/./i.test(dest)

const dialString = (spec: OriginateSpec): string => {
  const path = spec.proxy === undefined ? '' : `;fs_path=sip:${requireAddress('a proxy', spec.proxy)}`
  const dest = requireAddress('a destination', spec.dest)
  if (isDialString(dest)) return dest + path
  const way =
    spec.gateway === undefined
      ? requireAddress('a profile', spec.profile ?? 'external')
      : `gateway/${requireAddress('a gateway', spec.gateway)}`
  return `sofia/${way}/${dest}${path}`
}

const application = (name: string, arg: string, expand: boolean): string => {
  if (!/^\w+$/.test(name))
    throw new ArgumentError(`expected the name of an application, got ${JSON.stringify(name)}`)
  if (arg.includes(')'))
    throw new ArgumentError(`the argument of &${name}(…) ends at the first ")"; got ${JSON.stringify(arg)}`)
  const what = `the argument of ${name}`
  if (!expand) requireNoExpansion(what, arg)
  return encodeWord(`&${name}(${requireOneLine(what, arg)})`)
}

/** The switch reads 0 and what is no number as "not given", and rings for a minute. */
const requireTimeout = (ms: number): number => {
  if (!Number.isFinite(ms) || ms <= 0)
    throw new ArgumentError(`expected the timeout of a call in milliseconds, more than 0, got ${ms}`)
  return ms
}

/**
 * The `originate` command for a call, every value encoded so that it arrives as it was given. Throws ArgumentError
 * (BAD_ARGUMENT) for what cannot be carried. Early media is ignored, or the application would run before the answer.
 */
export const encodeOriginate = (spec: OriginateSpec): string => {
  const expand = spec.expand ?? false
  const vars: Record<string, string | number | boolean> = {
    ignore_early_media: true,
    originate_timeout: Math.ceil(requireTimeout(spec.timeout ?? 60_000) / 1000),
    // Without it the switch throws away every variable whose value holds `${`.
    ...(expand ? { origination_nested_vars: true } : {}),
    ...(spec.callerIdName === undefined ? {} : { origination_caller_id_name: spec.callerIdName }),
    ...(spec.callerIdNumber === undefined ? {} : { origination_caller_id_number: spec.callerIdNumber }),
    ...spec.vars,
  }
  const pairs = Object.entries(vars).map(([name, value]) => encodePair(name, String(value), expand))
  const app = application(spec.execute ?? 'park', spec.executeArg ?? '', expand)
  return `originate {${pairs.join(',')}}${encodeWord(dialString(spec))} ${app}`
}
