import { isHangupCause, type HangupCause } from '../../esl/hangup-causes.ts'
import { readDuration, writeDuration } from './duration.ts'

/** An option of an app: what it may be, and how it is written on a command line. */
export interface OptionSpec<T> {
  /** `duration`, `count`, `number`, `boolean`, `text`, `json`, `function`, or the words that it may be: `a|b`. */
  readonly type: string
  readonly default: T
  readonly summary: string
  /** What it may be, for errors: `expected <option> to be …`. */
  readonly expected: string
  readonly isValid: (value: unknown) => boolean
  /** Reads its text; undefined for what cannot be read. Missing where only a program can give the option. */
  readonly read?: (text: string) => unknown
  /** Writes a value as it can be read. */
  readonly write: (value: T) => string
}

/** The options of an app. */
export type OptionTable<O> = { readonly [K in keyof O]-?: OptionSpec<Required<O>[K]> }

const readNumber = (text: string): number | undefined =>
  text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)

/** Milliseconds; on a command line with a unit. */
export const duration = (
  byDefault: number,
  summary: string,
  { min = 0, never = false }: { min?: number; never?: boolean } = {},
): OptionSpec<number> => ({
  type: 'duration',
  default: byDefault,
  summary,
  expected: `milliseconds, ${min} or more${never ? ', or Infinity' : ''} (on a command line 500ms, 5s, 2m${never ? ', never' : ''})`,
  isValid: (value) => typeof value === 'number' && value >= min && (never || value !== Infinity),
  read: readDuration,
  write: writeDuration,
})

/** A whole number. */
export const count = (byDefault: number, summary: string, min = 1): OptionSpec<number> => ({
  type: 'count',
  default: byDefault,
  summary,
  expected: `a whole number, ${min} or more`,
  isValid: (value) => Number.isSafeInteger(value) && (value as number) >= min,
  read: readNumber,
  write: String,
})

export const number = (byDefault: number, summary: string, min: number, max: number): OptionSpec<number> => ({
  type: 'number',
  default: byDefault,
  summary,
  expected: `a number between ${min} and ${max}`,
  isValid: (value) => typeof value === 'number' && value >= min && value <= max,
  read: readNumber,
  write: String,
})

/** Undefined for what is no JSON. */
export const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
])

export const flag = (byDefault: boolean, summary: string): OptionSpec<boolean> => ({
  type: 'boolean',
  default: byDefault,
  summary,
  expected: 'true or false',
  isValid: (value) => typeof value === 'boolean',
  read: (text) => FLAGS.get(text),
  write: String,
})

/** A text that `pattern` matches. */
export const text = (
  byDefault: string,
  summary: string,
  { pattern = /^[^\r\n\0]*$/, expected = 'a text of one line' }: { pattern?: RegExp; expected?: string } = {},
): OptionSpec<string> => ({
  type: 'text',
  default: byDefault,
  summary,
  expected,
  isValid: (value) => typeof value === 'string' && pattern.test(value),
  read: (value) => value,
  write: (value) => value,
})

/** One of a few words. */
export const choice = <T extends string>(
  words: readonly T[],
  byDefault: T,
  summary: string,
): OptionSpec<T> => ({
  type: words.join('|'),
  default: byDefault,
  summary,
  expected: `one of ${words.join(', ')}`,
  isValid: (value) => (words as readonly unknown[]).includes(value),
  read: (value) => value,
  write: (value) => value,
})

export const hangupCause = (byDefault: HangupCause, summary: string): OptionSpec<HangupCause> => ({
  type: 'cause',
  default: byDefault,
  summary,
  expected: 'a hangup cause such as USER_BUSY',
  isValid: (value) => typeof value === 'string' && isHangupCause(value),
  read: (value) => value.toUpperCase(),
  write: (value) => value,
})

/** A function, which only a program can give. */
export const callback = <F extends ((...args: never) => unknown) | undefined>(
  summary: string,
): OptionSpec<F | undefined> => ({
  type: 'function',
  default: undefined,
  summary,
  expected: 'a function',
  isValid: (value) => typeof value === 'function',
  write: () => 'none',
})
