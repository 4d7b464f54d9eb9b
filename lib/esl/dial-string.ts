import { ArgumentError } from '../errors.ts'
import { requireOneLine } from './encode/one-line.ts'

/** Shared by all copies of this package in a process. No JSON, CSV or configuration file can hold a symbol. */
const TEXT: unique symbol = Symbol.for('switchix.dialString') as never

/** A whole dial string of FreeSWITCH, in the author's own words: see `dialString`. */
export interface DialString {
  readonly [TEXT]: string
  toString(): string
}

/**
 * Makes a whole dial string out of text, for endpoints that `originate` and `bridge` have no options for:
 * `dialString('user/1000')`. FreeSWITCH parses it as it stands: an endpoint can run applications and shell commands, so never
 * put text from a call or a file into it; `{ parties: […] }` takes such values safely. Throws ArgumentError (BAD_ARGUMENT)
 * for an empty text, CR, LF and NUL.
 *
 * @example
 * await client.originate(dialString('user/1000'))
 */
export const dialString = (text: string): DialString => {
  if (typeof text !== 'string' || text.trim() === '')
    throw new ArgumentError(`expected a dial string such as "user/1000", got ${JSON.stringify(text)}`)
  const written = requireOneLine('a dial string', text.trim())
  return Object.freeze({ [TEXT]: written, toString: () => written })
}

/** The text of a dial string; undefined for anything else, whatever it looks like. */
export const textOf = (value: unknown): string | undefined => {
  const text: unknown =
    typeof value === 'object' && value !== null ? (value as Partial<DialString>)[TEXT] : undefined
  return typeof text === 'string' ? text : undefined
}

export const isDialString = (value: unknown): value is DialString => textOf(value) !== undefined
