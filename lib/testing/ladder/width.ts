/** Text on a terminal: how wide it is, and what of it may be there. */

/** Characters that would move the cursor, or colour what follows. */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** One line, without what a terminal would obey. */
export const printable = (text: string): string => text.replace(/\r?\n/g, ' ⏎ ').replace(CONTROL, '·')

/** Combining marks take no column (Unicode category M). */
const NONE = /\p{M}/u
/** Wide and fullwidth (Unicode Standard Annex 11), and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u

const widthOfCharacter = (character: string): number =>
  NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1

/** How many columns it takes. */
export const widthOf = (text: string): number => {
  let width = 0
  for (const character of text) width += widthOfCharacter(character)
  return width
}

/** As much of it as fits, with `…` where something is left out. */
export const fit = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text
  let out = ''
  let used = 1
  for (const character of text) {
    used += widthOfCharacter(character)
    if (used > width) break
    out += character
  }
  return width < 1 ? '' : out + '…'
}

/** What is said in a row, in so much room: the word that most events begin with goes first. */
export const fitLabel = (label: string, width: number): string =>
  fit(widthOf(label) > width ? label.replace(/^CHANNEL_/, '') : label, width)
