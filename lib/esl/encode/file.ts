import { ArgumentError } from '../../errors.ts'
import { encodeBraces, type VarsOptions, type Vars } from './braces.ts'
import { escapeRound, hideDelimiterName, keepOuterBlanks } from './escape.ts'
import { requireInteger } from './number.ts'

/**
 * A file or stream of the switch. What opens it reads `{name=value,…}` at the start as parameters
 * (`switch_core_perform_file_open`, switch_core_file.c:97), a recording `[…]`, too (switch_ivr_async.c:2713);
 * `playback` takes `@@` at the first `@` for the sample to begin at (mod_dptools.c:3039); and `file_string://` cuts several
 * files apart at `!`, a round of `switch_separate_string` (mod_dptools.c:5129).
 */

/** Returns the name of a file. Throws ArgumentError (BAD_ARGUMENT) for an empty one, and for one that begins with parameters. */
export const requireFile = (what: string, file: string): string => {
  if (typeof file !== 'string' || file === '')
    throw new ArgumentError(`expected ${what}, a text that is not empty, got ${JSON.stringify(file)}`)
  if (/^ *[{[]/.test(file))
    throw new ArgumentError(
      `expected ${what} that does not begin with { or [, which the switch reads as parameters (pass { vars } for those), got ${JSON.stringify(file)}`,
    )
  return file
}

/** Several files, one after the other: 100 at most. Throws ArgumentError (BAD_ARGUMENT). */
export const encodeFileString = (files: readonly string[]): string => {
  if (files.length === 0 || files.length > 100)
    throw new ArgumentError(`expected 1 to 100 files to play, got ${files.length}`)
  const each = files.map((file) => keepOuterBlanks(escapeRound(requireFile('a file', file), /!/g)))
  return `file_string://${hideDelimiterName(each.join('!'))}`
}

/** Throws ArgumentError (BAD_ARGUMENT) for `@@` where `playback` reads a sample behind it: at the first `@`. */
export const requireNoSample = (file: string): string => {
  if (/^[^@]*@@/.test(file))
    throw new ArgumentError(
      `expected a file without "@@", which names the sample to begin at (pass { startSample } for that), got ${JSON.stringify(file)}`,
    )
  return file
}

export interface PlaybackSpec extends VarsOptions {
  readonly vars?: Vars | undefined
  readonly startSample?: number | undefined
  /** `endless_playback` cannot begin elsewhere, and reads no `@@`. */
  readonly endless?: boolean | undefined
}

/** What `playback` is to play. Throws ArgumentError (BAD_ARGUMENT). */
export const encodePlayback = (
  file: string | readonly string[],
  { vars = {}, startSample, endless = false, expand }: PlaybackSpec,
): string => {
  const path = typeof file === 'string' ? requireFile('a file', file) : encodeFileString(file)
  const played = encodeBraces(vars, { expand, expandsFirst: true }) + path
  if (endless) {
    if (startSample === undefined) return played
    throw new ArgumentError('expected no startSample with endless: the switch begins at the start each time')
  }
  requireNoSample(played)
  if (startSample === undefined) return played
  if (played.includes('@'))
    throw new ArgumentError(
      `expected a file without "@" beside startSample, for the switch looks at the first only; got ${JSON.stringify(played)}`,
    )
  return `${played}@@${requireInteger('startSample', startSample)}`
}
