import { ArgumentError } from '../../errors.ts'
import { escapeRound, hideDelimiterName } from './escape.ts'
import { requireOneLine } from './one-line.ts'

/** Needs no encoding. */
const PLAIN = /^[!#-&(-[\]_-~"][!#-&(-[\]-~"]*$/

/**
 * Encodes a word of an api's arguments. These are read in two rounds:
 *
 * 1. Tabs, blanks and line ends at both ends of all arguments go (`switch_strip_whitespace`, switch_utils.c:1469, by
 *    `switch_api_execute`, switch_loadable_module.c:2946).
 * 2. They are cut at blanks, a round of `switch_separate_string`; `^^` at the start of all of them names another delimiter
 *    (switch_utils.c:2855). The last word that the api takes is all of the rest.
 *
 * An empty word is `''`, so that those behind it keep their places.
 */
export const encodeWord = (word: string): string => {
  if (PLAIN.test(word)) return word
  if (word === '') return "''"
  return hideDelimiterName(escapeRound(word)).replace(/ /g, '\\s').replace(/\s$/, "$&''")
}

/** As `encodeWord`, for a word that must not be empty and that stays on one line. Throws ArgumentError that names `what`. */
export const requireWord = (what: string, word: string): string => {
  if (typeof word !== 'string' || word === '')
    throw new ArgumentError(`expected ${what}, a text that is not empty, got ${JSON.stringify(word)}`)
  return encodeWord(requireOneLine(what, word))
}
