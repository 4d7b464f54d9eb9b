import { ArgumentError } from '../../errors.ts'
import { escapeRound, keepOuterBlanks } from './escape.ts'
import { encodeAround, requireNoExpansion } from './expansion.ts'
import { requireOneLine } from './one-line.ts'

/**
 * Variables in brackets: `{…}` before a dial string or a file, `[…]` before one party. The switch reads them in these rounds:
 *
 * 1. A whole dial string is cut at `:_:` before anything else (`switch_ivr_originate`, switch_ivr_originate.c:2147), and
 *    `origination_nested_vars=true` anywhere in it lets `${…}` through (:2267).
 * 2. The brackets are counted, whatever stands around them (`switch_find_end_paren`, switch_utils.c:794).
 * 3. What is in them is cut at commas, a round of `switch_separate_string` (`switch_event_create_brackets`,
 *    switch_event.c:1664); `^^` and a character at the start name another delimiter.
 * 4. Each pair is cut at its first `=`, another round; a pair without a value is passed over.
 * 5. A value that begins with `ARRAY::` makes an array (`switch_event_base_add_header`, switch_event.c:1099).
 *
 * `[…]` goes through two more rounds before: the dial string is cut at `|` and at commas (switch_ivr_originate.c:2757,
 * :2831), where those in brackets are told apart by the quotes around them, unless `^^` is there.
 */

/** Channel variables, parameters of a file: by name. */
export type Vars = Readonly<Record<string, string | number | boolean>>

export interface VarsOptions {
  /** Lets `${…}` in values through, for the switch to expand. Default false. */
  readonly expand?: boolean | undefined
  /** Whether those are expanded before the brackets are read, as in an application's argument. Default false. */
  readonly expandsFirst?: boolean | undefined
}

/** Arrives as it is. */
const PLAIN = /^[!#-&(-+\-/-9;<>-Z^`a-z~._"]+$/

/** The quotes that part them here are gone once the pairs are cut. */
const hideFromOriginate = (text: string): string =>
  text.replace(/:_(?=:)/g, ":''_").replace(/origination_nested_vars(?==true)/gi, "$&''")

/** The switch counts brackets without regard to quotes, so only balanced ones can be sent. */
const requireBalanced = (name: string, value: string, open: string, close: string): void => {
  let depth = 0
  for (const char of value) {
    if (char === open) depth++
    if (char === close && --depth < 0) break
  }
  if (depth !== 0)
    throw new ArgumentError(
      `expected variable ${name} with balanced ${open}${close}, which the switch counts; got ${JSON.stringify(value)}`,
    )
}

const requireName = (name: string): void => {
  if (!/^[\w.:-]+$/.test(name) || name.includes(':_:'))
    throw new ArgumentError(
      `expected a variable name of letters, digits and _ - . : (but not ":_:"), got ${JSON.stringify(name)}`,
    )
}

const requireValue = (name: string, value: string, expand: boolean): void => {
  const what = `variable ${name}`
  requireOneLine(what, value)
  if (!expand) requireNoExpansion(what, value)
  if (value.startsWith('ARRAY::'))
    throw new ArgumentError(
      `expected ${what} not to begin with ARRAY::, which makes an array of it; got ${JSON.stringify(value)}`,
    )
}

/** Two rounds: the pairs are cut apart, and each at its `=`. */
const encodeValue = (text: string, delimiter: RegExp): string =>
  text === '' ? "\\'\\'" : hideFromOriginate(escapeRound(keepOuterBlanks(escapeRound(text)), delimiter))

const inBraces = (text: string): string => encodeValue(text, /,/g)

const inBrackets = (text: string): string => escapeRound(escapeRound(encodeValue(text, /;/g), /,/g), /\|/g)

/**
 * Encodes `{name=value,…}`; `''` for no variables. An empty value takes a variable away. Throws ArgumentError
 * (BAD_ARGUMENT) for what braces cannot carry.
 */
export const encodeBraces = (
  vars: Vars,
  { expand = false, expandsFirst = false }: VarsOptions = {},
): string => {
  let pairs = ''
  for (const name of Object.keys(vars)) {
    const value = String(vars[name])
    requireName(name)
    let encoded = value
    if (!PLAIN.test(value)) {
      requireValue(name, value, expand)
      requireBalanced(name, value, '{', '}')
      encoded = encodeAround(value, expandsFirst, inBraces)
    }
    pairs += `${pairs === '' ? '{' : ','}${name}=${encoded}`
  }
  return pairs === '' ? '' : pairs + '}'
}

/**
 * Encodes `<name=value,…>`, variables of all calls of a dial string, those of an enterprise originate too (`:_:`), which reads
 * them before it is cut (switch_ivr_originate.c:1664); the rounds are those of braces. `''` for none. Throws ArgumentError
 * (BAD_ARGUMENT) for what angle brackets cannot carry.
 */
export const encodeCallVars = (
  vars: Vars,
  { expand = false, expandsFirst = false }: VarsOptions = {},
): string => {
  const pairs = Object.entries(vars).map(([name, raw]) => {
    const value = String(raw)
    requireName(name)
    requireValue(name, value, expand)
    requireBalanced(name, value, '<', '>')
    return `${name}=${encodeAround(value, expandsFirst, inBraces)}`
  })
  return pairs.length === 0 ? '' : `<${pairs.join(',')}>`
}

/** What stands for a comma in brackets while the switch cuts the dial string (switch_ivr_originate.c:35). */
const STANDS_FOR_COMMA = /[\x01\x02]/

/**
 * Encodes `[^^;name=value;…]`, the variables of one party of a dial string; `''` for none. Throws ArgumentError
 * (BAD_ARGUMENT) for what brackets cannot carry.
 */
export const encodePartyVars = (
  vars: Vars,
  { expand = false, expandsFirst = false }: VarsOptions = {},
): string => {
  let pairs = ''
  for (const name of Object.keys(vars)) {
    const value = String(vars[name])
    requireName(name)
    requireValue(name, value, expand)
    requireBalanced(name, value, '[', ']')
    if (STANDS_FOR_COMMA.test(value))
      throw new ArgumentError(
        `expected variable ${name} without \\x01 and \\x02, which the switch takes for commas; got ${JSON.stringify(value)}`,
      )
    pairs += `;${name}=${encodeAround(value, expandsFirst, inBrackets)}`
  }
  return pairs === '' ? '' : `[^^${pairs}]`
}
