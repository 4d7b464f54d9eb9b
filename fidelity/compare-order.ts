import { headerOf, nameOf, type WireFrame } from './frames.ts'
import { chanceOf, raceOf } from './races.ts'

const DETAIL: Readonly<Record<string, string>> = {
  CHANNEL_STATE: 'Channel-State',
  CHANNEL_CALLSTATE: 'Channel-Call-State',
  CHANNEL_EXECUTE: 'Application',
  CHANNEL_EXECUTE_COMPLETE: 'Application',
  API: 'API-Command',
}

/** What an event is, as far as its place in the order goes: `CHANNEL_STATE CS_INIT`. */
export const labelOf = (frame: WireFrame): string => {
  const name = nameOf(frame)
  const detail = DETAIL[name]
  return detail ? `${name} ${headerOf(frame, detail) ?? ''}` : name
}

/** Sequences that share the longest common subsequence: pairs of positions. */
const align = (a: readonly string[], b: readonly string[]): [number, number][] => {
  const width = b.length + 1
  const length = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] =
        a[i] === b[j]
          ? (length[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(length[(i + 1) * width + j] ?? 0, length[i * width + j + 1] ?? 0)
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if ((length[(i + 1) * width + j] ?? 0) >= (length[i * width + j + 1] ?? 0)) i++
    else j++
  }
  return pairs
}

export interface OrderComparison {
  /** Events that are where they should be, and how many there should be. */
  readonly inOrder: number
  readonly of: number
  /** Events of both runs that belong together, moved ones included. */
  readonly pairs: readonly (readonly [recorded: WireFrame, simulated: WireFrame])[]
  /** Why events that only came in another order, or not at all, count as in order: it is chance on the real switch. */
  readonly races: readonly string[]
  readonly differences: readonly string[]
}

/** Pairs what is in neither's place with its like elsewhere: events that have moved. */
const findMoved = (
  left: Set<number>,
  right: Set<number>,
  a: readonly string[],
  b: readonly string[],
): [number, number][] => {
  const moved: [number, number][] = []
  for (const i of left) {
    const j = [...right].find((one) => b[one] === a[i])
    if (j === undefined) continue
    right.delete(j)
    left.delete(i)
    moved.push([i, j])
  }
  return moved
}

/** Takes out what may as well not be there, and gives why. */
const forgive = (places: Set<number>, labels: readonly string[]): string[] =>
  [...places].flatMap((at) => {
    const why = chanceOf(labels, at)
    if (why !== undefined) places.delete(at)
    return why ?? []
  })

/** Compares the events of one leg. */
export const compareOrder = (
  recorded: readonly WireFrame[],
  simulated: readonly WireFrame[],
): OrderComparison => {
  const [a, b] = [recorded.map(labelOf), simulated.map(labelOf)]
  const aligned = align(a, b)
  const [left, right] = [new Set(a.keys()), new Set(b.keys())]
  for (const [i, j] of aligned) {
    left.delete(i)
    right.delete(j)
  }
  const moved = findMoved(left, right, a, b).map(([i, j]) => ({ i, j, why: raceOf(a, i, b, j) }))
  const wrong = moved.filter(({ why }) => why === undefined)
  const [fewer, more] = [forgive(left, a), forgive(right, b)]
  return {
    inOrder: aligned.length + moved.length - wrong.length,
    of: Math.max(a.length - fewer.length, b.length - more.length),
    pairs: [...aligned, ...moved.map(({ i, j }) => [i, j] as const)].flatMap(([i, j]) => {
      const [one, other] = [recorded[i], simulated[j]]
      return one && other ? [[one, other] as const] : []
    }),
    races: [...moved.flatMap(({ why }) => why ?? []), ...fewer, ...more],
    differences: [
      ...[...left].map((i) => `missing: ${a[i] ?? ''} (after ${a[i - 1] ?? 'the start'})`),
      ...[...right].map((j) => `too much: ${b[j] ?? ''} (after ${b[j - 1] ?? 'the start'})`),
      ...wrong.map(
        ({ i, j }) =>
          `moved: ${a[i] ?? ''} (after ${a[i - 1] ?? 'the start'}, not ${b[j - 1] ?? 'the start'})`,
      ),
    ],
  }
}
