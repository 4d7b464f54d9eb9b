import { nameOf, type WireFrame } from './frames.ts'
import { firstDifference } from './first-difference.ts'
import { maskValue } from './normalise.ts'

export interface HeaderComparison {
  readonly same: number
  readonly of: number
  readonly differences: readonly string[]
}

const byName = (frame: WireFrame): Map<string, string[]> => {
  const map = new Map<string, string[]>()
  for (const [name, value] of frame.headers) map.set(name, [...(map.get(name) ?? []), value])
  return map
}

/** Compares the headers of one event with those of its counterpart: which there are, and their steady values. */
export const compareHeaders = (
  recorded: WireFrame,
  simulated: WireFrame,
  normaliseRecorded: (text: string) => string,
  normaliseSimulated: (text: string) => string,
): HeaderComparison => {
  const [a, b] = [byName(recorded), byName(simulated)]
  const names = new Set([...a.keys(), ...b.keys()])
  const differences: string[] = []
  for (const name of names) {
    const [one, other] = [a.get(name), b.get(name)]
    if (!one)
      differences.push(`${nameOf(recorded)}: too much: ${name}: ${other?.join(' | ').slice(0, 80) ?? ''}`)
    else if (!other)
      differences.push(`${nameOf(recorded)}: missing: ${name}: ${one.join(' | ').slice(0, 80)}`)
    else if (one.length !== other.length || one.some((value, i) => value !== other[i])) {
      const text = (values: readonly string[], normalise: (text: string) => string): string =>
        values.map((value) => normalise(maskValue(name, value))).join('|:')
      const [x, y] = [text(one, normaliseRecorded), text(other, normaliseSimulated)]
      if (x !== y) differences.push(`${nameOf(recorded)}: ${name} is ${firstDifference(x, y)}`)
    }
  }
  return { same: names.size - differences.length, of: names.size, differences }
}
