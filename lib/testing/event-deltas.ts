import { headerOf, nameOf, type RecordedEvent } from './recording.ts'

/**
 * An event as a difference: what an event of an earlier line (`like`, counted from 1) says too is left out, what that
 * one had and this one has not is named in `without`.
 */
export interface EventDelta {
  readonly like?: number
  readonly event: RecordedEvent
  readonly without?: readonly string[]
}

interface Numbered {
  readonly line: number
  readonly event: RecordedEvent
}

const same = (a: RecordedEvent[string] | undefined, b: RecordedEvent[string] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b))

const difference = (base: Numbered, event: RecordedEvent): EventDelta => {
  const changed = Object.entries(event).filter(
    ([name, value]) => !Object.hasOwn(base.event, name) || !same(base.event[name], value),
  )
  const without = Object.keys(base.event).filter((name) => !Object.hasOwn(event, name))
  return {
    like: base.line,
    event: Object.fromEntries(changed),
    ...(without.length > 0 ? { without } : {}),
  }
}

const sizeOf = ({ event, without = [] }: EventDelta): number => JSON.stringify([event, without]).length

/** Some events tell the channel's variables, some do not: each kind is like the ones of its kind. */
const kindOf = (event: RecordedEvent): string =>
  `${headerOf(event, 'Unique-ID') ?? ''} ${Object.keys(event).some((name) => name.startsWith('variable_'))}`

/**
 * Makes events small: a channel repeats some hundred headers in each of its events. Each is told as its difference from
 * the channel's event before, with or without variables, or from the latest of its name, or the latest at all, whichever
 * says most of it.
 */
export const createDeltaEncoder = (): ((line: number, event: RecordedEvent) => EventDelta) => {
  const ofKind = new Map<string, Numbered>()
  const ofName = new Map<string, Numbered>()
  let latest: Numbered | undefined
  return (line, event) => {
    const [kind, name] = [kindOf(event), nameOf(event)]
    const bases = new Set([ofKind.get(kind), ofName.get(name), latest])
    let best: EventDelta = { event }
    for (const base of bases) {
      const delta = base && difference(base, event)
      if (delta && sizeOf(delta) < sizeOf(best)) best = delta
    }
    latest = { line, event }
    ofKind.set(kind, latest)
    ofName.set(name, latest)
    return best
  }
}

/** The whole event again; `find` gives the event of an earlier line. */
export const decodeDelta = (
  { like, event, without = [] }: EventDelta,
  find: (line: number) => RecordedEvent | undefined,
): RecordedEvent | undefined => {
  if (like === undefined) return event
  const base = find(like)
  if (!base) return undefined
  const gone = new Set(without)
  return Object.fromEntries([
    ...Object.entries(base).filter(([name]) => !gone.has(name) && !Object.hasOwn(event, name)),
    ...Object.entries(event),
  ])
}
