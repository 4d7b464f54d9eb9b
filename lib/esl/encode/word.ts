import { escapeRound } from './escape.ts'

/** Needs no encoding. */
const PLAIN = /^[!#-&(-[\]_-~"][!#-&(-[\]-~"]*$/

/**
 * Encodes a word of an api's arguments, which are cut at blanks in one round; `''` where it is empty, so that those behind
 * it keep their places. `^^` at the start of all of them names another delimiter (switch_utils.c:2855).
 */
export const encodeWord = (word: string): string => {
  if (PLAIN.test(word)) return word
  if (word === '') return "''"
  return escapeRound(word).replace(/^\^\^/, "''$&").replace(/ /g, '\\s')
}
