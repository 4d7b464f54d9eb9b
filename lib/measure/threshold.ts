import { ArgumentError } from '../errors.ts'
import type { Latency } from './latency.ts'

/** What a threshold can be about, with how to come by it; null: nothing was measured. */
export type Metric =
  | { readonly kind: 'latency'; readonly read: () => Latency | undefined }
  | { readonly kind: 'count' | 'share' | 'time'; readonly read: () => number | null }

export type Metrics = Readonly<Record<string, Metric>>

/** A threshold, after it was looked at. */
export interface Judgement {
  readonly threshold: string
  /** In ms for a latency and a time; null: nothing was measured, which keeps no threshold. */
  readonly value: number | null
  readonly ok: boolean
}

/** A threshold that makes sense. */
export interface Threshold {
  judge(): Judgement
}

type Compare = (value: number, wanted: number) => boolean

/** The longer ones first, for they begin like the shorter. */
const OPERATORS: readonly (readonly [string, Compare])[] = [
  ['===', (a, b) => a === b],
  ['!==', (a, b) => a !== b],
  ['<=', (a, b) => a <= b],
  ['>=', (a, b) => a >= b],
  ['==', (a, b) => a === b],
  ['!=', (a, b) => a !== b],
  ['<', (a, b) => a < b],
  ['>', (a, b) => a > b],
]

const UNITS = { '': 1, ms: 1, s: 1000, m: 60_000, '%': 0.01 } as const

const PATTERN =
  /^\s*([a-zA-Z_]\w*)(?:\.(\w+(?:\([\d.]+\))?))?\s*(===|!==|<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)(ms|s|m|%)?\s*$/

/** `avg`, `min`, `med`, `max`, `p95`, k6's `p(99.9)`; undefined for what is none. */
const aggregate = (name: string): ((latency: Latency) => number | null) | undefined => {
  if (name === 'avg' || name === 'min' || name === 'max') return (latency) => latency[name]
  if (name === 'med') return (latency) => latency.percentile(50)
  const digits = /^p(?:(\d+)|\(([\d.]+)\))$/.exec(name)
  const p = Number(digits?.[1] ?? digits?.[2] ?? Number.NaN)
  return p >= 0 && p <= 100 ? (latency) => latency.percentile(p) : undefined
}

const reader = (
  text: string,
  metrics: Metrics,
  name: string,
  stat: string | undefined,
): (() => number | null) => {
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined
  if (!metric)
    throw new ArgumentError(
      `threshold "${text}": there is no metric "${name}"; there are ${Object.keys(metrics).join(', ')}`,
    )
  if (metric.kind !== 'latency') {
    if (stat === undefined) return metric.read
    throw new ArgumentError(`threshold "${text}": ${name} is one number; say ${name} without ".${stat}"`)
  }
  const read = aggregate(stat ?? '')
  if (!read)
    throw new ArgumentError(
      `threshold "${text}": expected which figure of ${name} is meant: ${name}.avg, .min, .med, .max or .p95, got ${stat === undefined ? 'none' : `".${stat}"`}`,
    )
  return () => {
    const latency = metric.read()
    return latency ? read(latency) : null
  }
}

const requireUnit = (text: string, kind: Metric['kind'], unit: keyof typeof UNITS): void => {
  if (unit === '' || (unit === '%' ? kind === 'share' : kind === 'latency' || kind === 'time')) return
  throw new ArgumentError(`threshold "${text}": ${unit} is no unit of what is compared there`)
}

/**
 * A threshold in k6's grammar: metric, figure, comparison, value: `setup.p95<300ms`, `asr>0.98`, `failed==0`. Throws
 * ArgumentError (BAD_ARGUMENT) for what is none, and for a metric that there is not.
 */
export const parseThreshold = (text: string, metrics: Metrics): Threshold => {
  const [, name = '', stat, operator, number = '', unit = ''] = PATTERN.exec(text) ?? []
  const compare = OPERATORS.find(([each]) => each === operator)?.[1]
  if (!compare)
    throw new ArgumentError(
      `expected a threshold such as "setup.p95<300ms", "asr>0.98" or "failed==0", got "${text}"`,
    )
  const read = reader(text, metrics, name, stat)
  requireUnit(text, metrics[name]?.kind ?? 'count', unit as keyof typeof UNITS)
  const wanted = Number(number) * UNITS[unit as keyof typeof UNITS]
  return {
    judge() {
      const value = read()
      return { threshold: text, value, ok: value !== null && compare(value, wanted) }
    },
  }
}
