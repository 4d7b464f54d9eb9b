import { ArgumentError } from '../errors.ts'
import { requireName } from './encode/address.ts'
import { encodeApplicationArgument } from './encode/application-argument.ts'
import type { Vars } from './encode/braces.ts'
import { encodeDestination } from './encode/destination.ts'
import { requireSeconds } from './encode/number.ts'
import { requireOneLine } from './encode/one-line.ts'
import { encodeWord } from './encode/word.ts'
import type { Destination, SipRoute } from './parties.ts'

/** Where a call goes, and by which way. */
export interface DialSpec extends SipRoute {
  /**
   * `user@host[:port]`, a value, checked, put behind `sofia/<profile>/` or (the user part alone) `sofia/gateway/<gateway>/`; one or
   * several parties; or a whole dial string of the program's own, `dialString(…)`.
   */
  readonly dest: Destination
}

/** A call for the switch to place, and what it does with it once it is answered. Times are milliseconds. */
export interface OriginateSpec extends DialSpec {
  /** Application that runs on the answered channel. Default `park`, which gives it to the apps. */
  readonly execute?: string | undefined
  readonly executeArg?: string | undefined
  /** Extension of the dialplan that the answered channel is sent to, in place of an application. */
  readonly extension?: string | undefined
  /** The extension's dialplan. Default `XML`. */
  readonly dialplan?: string | undefined
  /** The extension's context. Default `default`. */
  readonly context?: string | undefined
  /** How long it may ring. The switch counts in seconds: rounded up. Default 60 000. */
  readonly timeout?: number | undefined
  readonly callerIdName?: string | undefined
  readonly callerIdNumber?: string | undefined
  /** Channel variables of the new channel; `sip_h_X-Name` sends a SIP header. */
  readonly vars?: Vars | undefined
  /** Lets `${…}` in variables and in `executeArg` through, for the switch to expand. Default false. */
  readonly expand?: boolean | undefined
}

const application = (name: string, arg: string, expand: boolean): string => {
  if (!/^\w+$/.test(name))
    throw new ArgumentError(`expected the name of an application, got ${JSON.stringify(name)}`)
  if (arg.includes(')'))
    throw new ArgumentError(`the argument of &${name}(…) ends at the first ")"; got ${JSON.stringify(arg)}`)
  return encodeWord(`&${name}(${encodeApplicationArgument(name, arg, expand)})`)
}

/** A word of its own: `&` would begin an application, `undef` stands for none (`originate_function` in `mod_commands.c`). */
const requireWord = (what: string, text: string): string => {
  if (text === '' || text.startsWith('&') || text.startsWith('^^') || /^undef$/i.test(text))
    throw new ArgumentError(`expected ${what}, got ${JSON.stringify(text)}`)
  return encodeWord(requireOneLine(what, text))
}

/** `m:…` separates with characters of its own, and its actions are applications (`inline_dialplan_hunt` in `mod_dptools.c`). */
const requireDialplan = (name: string): string => requireName('a dialplan', name)

/** What the answered channel does. */
const target = (spec: OriginateSpec, expand: boolean): string => {
  const { execute, executeArg, extension, dialplan, context } = spec
  if (extension === undefined) {
    if (dialplan !== undefined || context !== undefined)
      throw new ArgumentError('expected an extension for the dialplan or context, got none')
    return application(execute ?? 'park', executeArg ?? '', expand)
  }
  if (execute !== undefined || executeArg !== undefined)
    throw new ArgumentError(
      `expected either an extension or an application, got ${extension} and ${execute ?? ''}`,
    )
  const place = [requireDialplan(dialplan ?? 'XML'), requireWord('a context', context ?? 'default')]
  return [requireWord('an extension', extension), ...place].join(' ')
}

/**
 * The `originate` command for a call, every value encoded so that it arrives as it was given. Throws ArgumentError
 * (BAD_ARGUMENT) for what cannot be carried. Early media is ignored, or the application would run before the answer.
 */
export const encodeOriginate = (spec: OriginateSpec): string => {
  const expand = spec.expand ?? false
  const vars: Vars = {
    ignore_early_media: true,
    originate_timeout: requireSeconds('the timeout of a call', spec.timeout ?? 60_000, Math.ceil),
    // Without it the switch throws away every variable whose value holds `${`.
    ...(expand ? { origination_nested_vars: true } : {}),
    ...(spec.callerIdName === undefined ? {} : { origination_caller_id_name: spec.callerIdName }),
    ...(spec.callerIdNumber === undefined ? {} : { origination_caller_id_number: spec.callerIdNumber }),
    ...spec.vars,
  }
  const { dest, profile, gateway, proxy } = spec
  const dialled = encodeDestination(dest, vars, { profile, gateway, proxy, expand })
  return `originate ${encodeWord(dialled)} ${target(spec, expand)}`
}
