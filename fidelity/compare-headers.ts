import { nameOf, type WireFrame } from './frames.ts'
import { isSteady } from './normalise.ts'

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
    else if (isSteady(name)) {
      const [x, y] = [one.map(normaliseRecorded).join('|:'), other.map(normaliseSimulated).join('|:')]
      if (x !== y)
        differences.push(`${nameOf(recorded)}: ${name} is '${y.slice(0, 100)}', not '${x.slice(0, 100)}'`)
    }
  }
  return { same: names.size - differences.length, of: names.size, differences }
}
