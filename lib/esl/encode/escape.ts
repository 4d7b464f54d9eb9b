/**
 * One round of `switch_separate_string` (switch_utils.c:2848): the text is cut at a delimiter outside of `'…'`, and of each
 * piece `cleanup_separated_string` (:2687) takes the blanks at both ends, the quotes, and one layer of backslashes: `\\`,
 * `\'`, `\"`, `\` and the delimiter, and `\n \r \t \s`, which become LF, CR, tab and blank. Other backslashes stay.
 */

/** Hides `\` and `'` from one round, and what else `also` finds (the delimiter). */
export const escapeRound = (text: string, also?: RegExp): string => {
  const escaped = text.replace(/[\\']/g, '\\$&')
  return also ? escaped.replace(also, '\\$&') : escaped
}

/** `^^` and a character at the start of all pieces name another delimiter (:2855). */
export const hideDelimiterName = (text: string): string => (text.startsWith('^^') ? `''${text}` : text)

/** Keeps the blanks at both ends through a round; after `escapeRound`. */
export const keepOuterBlanks = (text: string): string =>
  text.replace(/^ +| +$/g, (blanks) => '\\s'.repeat(blanks.length))
