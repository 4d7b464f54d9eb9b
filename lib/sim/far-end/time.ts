import { ArgumentError } from '../../errors.ts'
import type { Random } from '../core/random.ts'

/**
 * A time: milliseconds, or a text with a unit (`1.5s`, `2m`), or drawn anew for each call from a distribution over such
 * times. `normal` has mean and standard deviation; `lognormal` the median, and the standard deviation of the logarithm.
 */
export type ScriptTime =
  | number
  | string
  | { readonly constant: number | string }
  | { readonly uniform: readonly [from: number | string, to: number | string] }
  | { readonly exponential: number | string }
  | { readonly normal: readonly [mean: number | string, deviation: number | string] }
  | { readonly lognormal: readonly [median: number | string, sigma: number] }

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

const FORMS =
  'milliseconds, a text such as "1.5s", or one of {uniform: [from, to]}, {exponential: mean}, {normal: [mean, deviation]}, {lognormal: [median, sigma]}'

const wrong = (where: string, value: unknown): ArgumentError =>
  new ArgumentError(`far end: ${where} is ${JSON.stringify(value)}, not a time: give ${FORMS}`)

const fixed = (value: unknown, where: string): number => {
  const [, number, unit = ''] = (typeof value === 'string' && /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value)) || []
  const ms = number === undefined ? value : Number(number) * (UNITS[unit] ?? 1)
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0) throw wrong(where, value)
  return ms
}

const pair = (value: unknown, where: string): [unknown, unknown] => {
  if (!Array.isArray(value) || value.length !== 2) throw wrong(where, value)
  return [value[0], value[1]]
}

/** A number of the standard normal distribution (Box and Muller). */
const gauss = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())

export type Draw = (random: Random) => number

/** Reads a time, and gives what draws it, in milliseconds. Throws ArgumentError for what is none. */
export const readTime = (value: unknown, where: string): Draw => {
  if (typeof value !== 'object' || value === null) {
    const ms = fixed(value, where)
    return () => ms
  }
  const [[kind, given] = [], ...more] = Object.entries(value) as [string, unknown][]
  if (more.length > 0) throw wrong(where, value)
  switch (kind) {
    case 'constant':
      return readTime(given, where)
    case 'uniform': {
      const [from, to] = pair(given, where).map((one) => fixed(one, where)) as [number, number]
      if (to < from) throw wrong(where, value)
      return (random) => from + random.unit() * (to - from)
    }
    case 'exponential': {
      const mean = fixed(given, where)
      return (random) => -mean * Math.log(1 - random.unit())
    }
    case 'normal': {
      const [mean, deviation] = pair(given, where).map((one) => fixed(one, where)) as [number, number]
      return (random) => Math.max(0, mean + deviation * gauss(random))
    }
    case 'lognormal': {
      const [median, sigma] = pair(given, where).map((one) => fixed(one, where)) as [number, number]
      return (random) => median * Math.exp(sigma * gauss(random))
    }
    default:
      throw wrong(where, value)
  }
}
