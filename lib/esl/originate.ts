import { ArgumentError } from '../errors.ts'
import { encodeApplicationArgument } from './encode/application-argument.ts'
import { encodeBraces, type Vars } from './encode/braces.ts'
import { requireOneLine } from './encode/one-line.ts'
import { encodeWord } from './encode/word.ts'

/** Where a call goes. */
export interface DialSpec {
  /** `user@host:port`, put behind `sofia/<profile>/` or `sofia/gateway/<gateway>/`; or a whole dial string. */
  readonly dest: string
  /** Sofia profile that sends the INVITE. Default `external`. */
  readonly profile?: string | undefined
  /** Gateway to send through, in place of a profile. */
  readonly gateway?: string | undefined
  /** First hop, `host:port`: the device under test. */
  readonly proxy?: string | undefined
}

/** A call for the switch to place, and what it does with it once it is answered. Times are milliseconds. */
export interface OriginateSpec extends DialSpec {
  /** Application that runs on the answered channel. Default `park`, which gives it to the apps. */
  readonly execute?: string | undefined
  readonly executeArg?: string | undefined
  /** How long it may ring. The switch counts in seconds: rounded up. Default 60 000. */
  readonly timeout?: number | undefined
  readonly callerIdName?: string | undefined
  readonly callerIdNumber?: string | undefined
  /** Channel variables of the new channel; `sip_h_X-Name` sends a SIP header. */
  readonly vars?: Vars | undefined
  /** Lets `${…}` in variables and in `executeArg` through, for the switch to expand. Default false. */
  readonly expand?: boolean | undefined
}

const requireAddress = (what: string, text: string): string => {
  if (!/^[^\s,|<>{}[\]'"\\]+$/.test(requireOneLine(what, text)))
    throw new ArgumentError(
      `expected ${what} without blanks, quotes, brackets, commas or bars, got ${JSON.stringify(text)}`,
    )
  return text
}

/** A whole dial string names its endpoint: `sofia/…`, `loopback/…`, `user/…`, `error/…`. */
const isDialString = (dest: string): boolean => /^[a-z_]+\/./i.test(dest)

/** `:_:` would part the call in two: see `hideDelimiter`. */
const requireOneCall = (dial: string): string => {
  if (dial.includes(':_:'))
    throw new ArgumentError(`expected a destination without ":_:", got ${JSON.stringify(dial)}`)
  return dial
}

/** The dial string that an originate or a bridge calls. Throws ArgumentError (BAD_ARGUMENT). */
export const encodeDialString = (spec: DialSpec): string => {
  const path = spec.proxy === undefined ? '' : `;fs_path=sip:${requireAddress('a proxy', spec.proxy)}`
  const dest = requireAddress('a destination', spec.dest)
  if (isDialString(dest)) return requireOneCall(dest + path)
  const way =
    spec.gateway === undefined
      ? requireAddress('a profile', spec.profile ?? 'external')
      : `gateway/${requireAddress('a gateway', spec.gateway)}`
  return requireOneCall(`sofia/${way}/${dest}${path}`)
}

const application = (name: string, arg: string, expand: boolean): string => {
  if (!/^\w+$/.test(name))
    throw new ArgumentError(`expected the name of an application, got ${JSON.stringify(name)}`)
  if (arg.includes(')'))
    throw new ArgumentError(`the argument of &${name}(…) ends at the first ")"; got ${JSON.stringify(arg)}`)
  return encodeWord(`&${name}(${encodeApplicationArgument(name, arg, expand)})`)
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
  const vars: Vars = {
    ignore_early_media: true,
    originate_timeout: Math.ceil(requireTimeout(spec.timeout ?? 60_000) / 1000),
    // Without it the switch throws away every variable whose value holds `${`.
    ...(expand ? { origination_nested_vars: true } : {}),
    ...(spec.callerIdName === undefined ? {} : { origination_caller_id_name: spec.callerIdName }),
    ...(spec.callerIdNumber === undefined ? {} : { origination_caller_id_number: spec.callerIdNumber }),
    ...spec.vars,
  }
  const target = encodeBraces(vars, { expand }) + encodeDialString(spec)
  const app = application(spec.execute ?? 'park', spec.executeArg ?? '', expand)
  return `originate ${encodeWord(target)} ${app}`
}
