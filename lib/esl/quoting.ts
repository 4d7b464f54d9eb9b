import { ArgumentError } from '../errors.ts'
import { requireNoExpansion, requireOneLine } from './command.ts'

/**
 * The quoting of arguments. FreeSWITCH takes strings apart in rounds (`switch_separate_string` and
 * `cleanup_separated_string` in `src/switch_utils.c`), and each round eats one layer of `\\` and of `'…'`.
 */

/** Channel variables, parameters of a file: by name. */
export type Vars = Readonly<Record<string, string | number | boolean>>

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

/** A value in braces goes through two rounds: the braces are cut at commas, the pair at `=`. */
const encodeValue = (value: string): string =>
  hideDelimiter(escape(keepOuterBlanks(escape(value, undefined)), /,/g))

/** A word of the command line: one round, in which blanks separate. */
export const encodeWord = (word: string): string => escape(word, undefined).replace(/ /g, '\\s')

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
  if (!/^[\w.:-]+$/.test(name) || name.includes(':_:'))
    throw new ArgumentError(
      `expected a variable name of letters, digits and _ - . : (but not ":_:"), got ${JSON.stringify(name)}`,
    )
  requireBalanced(name, requireOneLine(`variable ${name}`, value))
  if (!expand) requireNoExpansion(`variable ${name}`, value)
  return `${name}=${encodeValue(value)}`
}

/**
 * `{name=value,…}` before a dial string or a file (`switch_event_create_brackets` in `src/switch_event.c`); `''` for no
 * variables. Throws ArgumentError (BAD_ARGUMENT) for what braces cannot carry.
 */
export const encodeBraces = (vars: Vars, expand = false): string => {
  const pairs = Object.entries(vars).map(([name, value]) => encodePair(name, String(value), expand))
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
