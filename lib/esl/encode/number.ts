import { ArgumentError } from '../../errors.ts'

/** The largest that the switch reads (`atoi`, an `int` of 32 bits). */
export const MAX_INT = 2 ** 31 - 1

/** Bounds of a number, both included. */
export interface Range {
  readonly min?: number | undefined
  readonly max?: number | undefined
}

/** Returns a whole number as the switch reads it. Throws ArgumentError (BAD_ARGUMENT) for others, and for what is no number. */
export const requireInteger = (
  what: string,
  value: number,
  { min = 0, max = MAX_INT }: Range = {},
): number => {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ArgumentError(`expected ${what}, a whole number from ${min} to ${max}, got ${show(value)}`)
  return value
}

/**
 * Returns milliseconds as the switch's whole seconds, at least one: it counts in these, and takes 0 for "now" or "never".
 * Throws ArgumentError (BAD_ARGUMENT) for what is no time.
 */
export const requireSeconds = (
  what: string,
  ms: number,
  round: (seconds: number) => number = Math.round,
): number => {
  if (typeof ms !== 'number' || !(ms > 0 && ms <= MAX_INT * 1000))
    throw new ArgumentError(
      `expected ${what} in milliseconds, more than 0 and up to ${MAX_INT * 1000}, got ${show(ms)}`,
    )
  return Math.max(1, round(ms / 1000))
}

const show = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value))
