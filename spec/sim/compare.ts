import type { WireEvent } from './recording.ts'

const namesOf = (event: WireEvent): string[] => event.headers.map(([name]) => name)

const first = (a: readonly string[], b: readonly string[]): string => {
  const missing = a.filter((name) => !b.includes(name))
  const extra = b.filter((name) => !a.includes(name))
  const at = a.findIndex((name, i) => name !== b[i])
  return `missing [${missing.join(' ')}] extra [${extra.join(' ')}] first difference at ${a[at] ?? ''}/${b[at] ?? ''}`
}

export const ofLeg = (events: readonly WireEvent[], leg: string): WireEvent[] =>
  events.filter((event) => event.leg === leg)

export const namesOn = (events: readonly WireEvent[], leg: string): string[] =>
  ofLeg(events, leg).map(({ name }) => name)

/** Compares the header names, in order, of events that go by pairs: what differs, an empty list when nothing does. */
export const headerDifferences = (real: readonly WireEvent[], simulated: readonly WireEvent[]): string[] =>
  real.flatMap((event, i) => {
    const other = simulated[i]
    if (!other) return [`${event.name}: not there`]
    const [a, b] = [namesOf(event), namesOf(other)]
    return a.join() === b.join() && event.name === other.name
      ? []
      : [`${event.name} (${other.name}): ${first(a, b)}`]
  })

/** The first event with each name, as pairs of the two runs; for recordings that were cut. */
export const inPairs = (
  real: readonly WireEvent[],
  simulated: readonly WireEvent[],
): [WireEvent[], WireEvent[]] => {
  const rest = [...simulated]
  const kept: WireEvent[] = []
  const pairs: WireEvent[] = []
  for (const event of real) {
    const state = (one: WireEvent): string =>
      one.headers.find(([name]) => name === 'Channel-State')?.[1] ?? ''
    const app = (one: WireEvent): string => one.headers.find(([name]) => name === 'Application')?.[1] ?? ''
    const at = rest.findIndex(
      (one) => one.name === event.name && state(one) === state(event) && app(one) === app(event),
    )
    const found = rest[at]
    if (!found) continue
    rest.splice(0, at + 1)
    kept.push(event)
    pairs.push(found)
  }
  return [kept, pairs]
}
