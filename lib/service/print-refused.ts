import type { Clock } from '../clock.ts'
import { ConnectionLostError, messageOf } from '../errors.ts'

/** So many refusals are printed in a minute: a scan of ports must not fill a log. */
const MAX_PRINTED = 20
const MINUTE_MS = 60_000

/** Says on stderr which connections were not taken, and why. */
export const createRefusedPrinter = (
  clock: Clock,
  write: (text: string) => void = (text) => void process.stderr.write(text),
): ((error: unknown) => void) => {
  let since = -Infinity
  let count = 0
  return (error) => {
    if (clock.now() - since >= MINUTE_MS) {
      since = clock.now()
      count = 0
    }
    if (++count > MAX_PRINTED) return
    const cause = error instanceof ConnectionLostError && error.cause ? `: ${messageOf(error.cause)}` : ''
    write(`switchix: a call was not taken: ${messageOf(error)}${cause}\n`)
    if (count === MAX_PRINTED) write('switchix: refusals of the rest of this minute are only counted\n')
  }
}
