import { ArgumentError } from '../../errors.ts'
import { escapeRound, hideDelimiterName, keepOuterBlanks } from './escape.ts'

/**
 * The argument of `speak`, `engine|voice|text` (mod_dptools.c:2417). It is cut at bars in one round of
 * `switch_separate_string`, but the text is taken as it stood before, less the blanks at its start. One that holds a bar, or
 * is empty, moves the others to other places.
 */
const encodeField = (field: string): string => keepOuterBlanks(escapeRound(field, /\|/g))

/** Throws ArgumentError (BAD_ARGUMENT) for a text that does not arrive as it is. */
export const encodeSpeech = (engine: string, voice: string, text: string): string => {
  if (text === '' || /^ |\|/.test(text))
    throw new ArgumentError(
      `expected a text to speak that is not empty, begins with no blank and holds no "|", which separates arguments; got ${JSON.stringify(text)}`,
    )
  if (engine === '' || voice === '')
    throw new ArgumentError(
      `expected an engine and a voice that are not empty, got ${JSON.stringify(engine)} and ${JSON.stringify(voice)}`,
    )
  return `${hideDelimiterName(encodeField(engine))}|${encodeField(voice)}|${text}`
}
