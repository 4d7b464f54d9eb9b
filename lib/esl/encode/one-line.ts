import { ArgumentError } from '../../errors.ts'

/** The three that end a line, or cut a string short, in the switch. */
const LINE_BREAKING = /[\r\n\0]/

/** Half a surrogate pair: no text, so that it cannot be written as UTF-8. */
const HALF_A_CHARACTER = /\p{Surrogate}/u

/** Whether a text is surely one line of characters: a quick test for nearly all that is sent. */
const PLAIN = /^[ -~]*$/

/**
 * Returns `text` where it is one line. Throws ArgumentError (BAD_ARGUMENT) that names `what` for CR, LF and NUL, which end
 * the line and start another command or header (`read_packet`, mod_event_socket.c:1208), and for half a surrogate pair,
 * which would arrive as U+FFFD.
 */
export const requireOneLine = (what: string, text: string): string => {
  if (PLAIN.test(text)) return text
  if (LINE_BREAKING.test(text))
    throw new ArgumentError(
      `expected ${what} without CR, LF and NUL, which end the command for the switch; got ${JSON.stringify(text)}`,
    )
  if (HALF_A_CHARACTER.test(text))
    throw new ArgumentError(
      `expected ${what} as well-formed text, got half a surrogate pair, which UTF-8 cannot carry: ${JSON.stringify(text)}`,
    )
  return text
}
