import { InvalidArgumentError } from 'commander'

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

const reject = (expected: string, text: string): never => {
  throw new InvalidArgumentError(`Expected ${expected}, got "${text}".`)
}

/** `500ms`, `10s`, `1.5m`, `2h`, `0`: milliseconds. */
export const duration = (text: string): number => {
  if (text === '0') return 0
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? []
  const factor = MS[unit]
  return amount === undefined || factor === undefined
    ? reject('a duration with its unit, such as 500ms, 10s or 2m', text)
    : Number(amount) * factor
}

/** A number of calls per second, more than 0. */
export const rate = (text: string): number => {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) && value > 0
    ? value
    : reject('calls per second, a number above 0 such as 50 or 0.5', text)
}

/** A whole number of calls, at least 1. */
export const count = (text: string): number => {
  const value = Number(text)
  return text.trim() !== '' && Number.isSafeInteger(value) && value >= 1
    ? value
    : reject('a whole number of calls, 1 or more', text)
}
