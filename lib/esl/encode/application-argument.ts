import { ArgumentError } from '../../errors.ts'
import { encodeAround, holdsExpansion, requireNoExpansion } from './expansion.ts'
import { requireOneLine } from './one-line.ts'

/**
 * The argument of an application, as a header of `sendmsg` or in `&app(…)`. The switch reads it in these rounds:
 *
 * 1. Blanks before the value of a header go, and `ARRAY::` makes it an array (`read_packet`, mod_event_socket.c:1288;
 *    `switch_event_base_add_header`, switch_event.c:1099).
 * 2. Where the text holds `${`, `\\`, `\'`, `\n`, `\s` or `\t` (`switch_string_has_escaped_data`, switch_utils.h:383) it is
 *    read through once (`switch_channel_expand_variables_check`, switch_channel.c:3986): `\\` becomes `\`, `\$` becomes
 *    `$`, `\'` and one of two `$` go, `${…}` is expanded. Other texts stay as they are.
 * 3. `%[…]`, or `%`, any one character and `[…]`, at the start of the result sets variables of that one execution and
 *    goes (`switch_core_session_exec`, switch_core_session.c:2904). Nothing hides it.
 *
 * A channel whose `app_disable_expand_variables` is true skips 2 and 3, and gets the backslashes as they were sent.
 */

/** Arrives as it is. */
const PLAIN = /^(?! |%|ARRAY::)[ !#-[\]-~"]*$/

const HAS_ESCAPES = /\\[\\'nst]/
const CHANGED_AS_HEADER = /^(?: |ARRAY::)/
const SCOPE_VARIABLES = /^%[\0-\x7f]?\[/

/**
 * The character after `${…}` is copied as it is (switch_channel.c:4262); a `$` at the end would become one with the `$` of
 * what is expanded next.
 */
const encodeLiteral = (text: string, isAfter: boolean, isBefore: boolean): string => {
  const copied = isAfter ? text.slice(0, 1) : ''
  const encoded = copied + text.slice(copied.length).replace(/[\\$]/g, '\\$&')
  return isBefore && text.endsWith('$') ? encoded + "\\'" : encoded
}

/**
 * Encodes an argument so that the application `app` gets exactly `arg`; with `expand`, with `${…}` in it expanded. Throws
 * ArgumentError (BAD_ARGUMENT) for what cannot be carried.
 */
export const encodeApplicationArgument = (app: string, arg: string, expand = false): string => {
  if (PLAIN.test(arg) && !holdsExpansion(arg)) return arg
  const what = `the argument of ${app}`
  requireOneLine(what, arg)
  if (!expand) requireNoExpansion(what, arg)
  if (SCOPE_VARIABLES.test(arg))
    throw new ArgumentError(
      `expected ${what} not to begin with %[ or % and one more character before [, which the switch takes for variables; got ${JSON.stringify(arg)}`,
    )
  const isHidden = CHANGED_AS_HEADER.test(arg)
  if (!isHidden && !HAS_ESCAPES.test(arg) && !holdsExpansion(arg)) return arg
  return (isHidden ? "\\'" : '') + encodeAround(arg, expand, encodeLiteral)
}
