import { ArgumentError } from '../../errors.ts'
import type { Vars } from '../../esl/encode/braces.ts'
import { mapTexts, type Destination } from '../../esl/parties.ts'
import type { OriginateOptions } from '../../service/client.ts'
import { parseTemplate, type Fields, type Template } from './template.ts'

/** What a call is like. Texts may have places for fields (`{user}`) where there is a source of fields. */
export interface CallOptions extends Omit<OriginateOptions, 'uuid' | 'app'> {
  /** The only codec that is offered, or several by their names with commas: `absolute_codec_string`. */
  readonly codec?: string | undefined
  /** SIP headers of the INVITE, by their whole name: `X-Campaign`. */
  readonly headers?: Readonly<Record<string, string | number>> | undefined
}

/** A call to place, all of it filled in. */
export interface CallSpec {
  readonly dest: Destination
  readonly options: OriginateOptions
}

/** RFC 3261's token. */
const requireHeader = (name: string): string => {
  if (/^[\w!%*+`'~.-]+$/.test(name)) return name
  throw new ArgumentError(
    `expected the name of a SIP header, such as X-Campaign, got ${JSON.stringify(name)}`,
  )
}

const variablesOf = ({ codec, headers = {}, vars }: CallOptions): Vars => ({
  ...(codec === undefined ? {} : { absolute_codec_string: codec }),
  ...Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`sip_h_${requireHeader(name)}`, value]),
  ),
  ...vars,
})

/** Fields fill the texts of a destination, each of which is an address then; never a dial string. */
const parseDestination = (dest: Destination): ((fields: Fields) => Destination) => {
  const templates = new Map<string, Template>()
  mapTexts(dest, (text) => {
    templates.set(text, parseTemplate('the destination', text, { mayBeEmpty: false }))
    return text
  })
  return (fields) => mapTexts(dest, (text) => templates.get(text)?.fill(fields) ?? text)
}

const TEXTS = ['profile', 'gateway', 'proxy', 'callerIdName', 'callerIdNumber'] as const

/** An empty name of a caller is one that is not told; without these there is no way to the call. */
const NEEDED: ReadonlySet<string> = new Set(['profile', 'gateway', 'proxy'])

/**
 * Takes the options of the calls apart once, to fill them in for each call. `withFields`: whether braces in them stand for
 * fields; in a destination they always do. Throws ArgumentError (BAD_ARGUMENT).
 */
export const parseCallOptions = (
  dest: Destination,
  options: CallOptions,
  withFields: boolean,
): ((fields: Fields) => CallSpec) => {
  const fillDest = parseDestination(dest)
  const { codec, headers, vars: ownVars, ...rest } = options
  const fixed: OriginateOptions = { ...rest, vars: variablesOf({ codec, headers, vars: ownVars }) }
  if (!withFields) return (fields) => ({ dest: fillDest(fields), options: fixed })

  const texts = TEXTS.flatMap((name): [string, Template][] => {
    const text = fixed[name]
    return text === undefined ? [] : [[name, parseTemplate(name, text, { mayBeEmpty: !NEEDED.has(name) })]]
  })
  const vars = Object.entries(fixed.vars ?? {}).map(([name, value]): [string, Template] => [
    name,
    parseTemplate(`the variable ${name}`, String(value)),
  ])
  const filled = (templates: readonly [string, Template][], fields: Fields): Record<string, string> =>
    Object.fromEntries(templates.map(([name, template]) => [name, template.fill(fields)]))

  return (fields) => ({
    dest: fillDest(fields),
    options: { ...fixed, ...filled(texts, fields), vars: filled(vars, fields) },
  })
}
