import { knownEventName } from './event-names.ts'
import type { EslEvent, EventState, HeaderPair } from './event.ts'

/** What each wire format has to give. */
export interface EventReader {
  first(event: EventState, header: string): string | undefined
  each(event: EventState, fn: (value: string, name: string) => void): void
  body(event: EventState): string | undefined
}

const ARRAY = 'ARRAY::'

const elements = (value: string): string[] =>
  value.startsWith(ARRAY) ? value.slice(ARRAY.length).split('|:') : [value]

const nameOf = (first: EventReader['first'], event: EventState): string => {
  const type = first(event, 'Event-Name') ?? ''
  return type === 'CUSTOM' ? (first(event, 'Event-Subclass') ?? type) : knownEventName(type)
}

type Self = EventState & EslEvent

const stateOf = (event: object): EventState => event as unknown as EventState

/** The methods of events in one format: what `createEvent` puts the events' own fields on. */
export const methodsOver = ({ first, each, body }: EventReader): object => ({
  get name(): string {
    const self = stateOf(this)
    return (self.knownName ??= nameOf(first, self))
  },
  get uuid(): string | undefined {
    const self = stateOf(this)
    if (self.knownUuid === undefined) self.knownUuid = first(self, 'Unique-ID') ?? null
    return self.knownUuid ?? undefined
  },
  get time(): number {
    return Number(first(stateOf(this), 'Event-Date-Timestamp') ?? Number.NaN) / 1000
  },
  get body(): string | undefined {
    return body(stateOf(this))
  },
  get(this: Self, header: string): string | undefined {
    return first(this, header)
  },
  getAll(this: Self, header: string): string[] {
    const all: string[] = []
    each(this, (value, name) => {
      if (name === header) for (const element of elements(value)) all.push(element)
    })
    return all
  },
  has(this: Self, header: string): boolean {
    return first(this, header) !== undefined
  },
  forEach(this: Self, fn: (value: string, name: string) => void): void {
    each(this, fn)
  },
  [Symbol.iterator](this: Self): IterableIterator<HeaderPair> {
    const pairs: HeaderPair[] = []
    each(this, (value, name) => pairs.push([name, value]))
    return pairs.values()
  },
  toJSON(this: Self): Record<string, string | string[]> {
    // No prototype: a header may be called `constructor`, or `__proto__`.
    const out = Object.create(null) as Record<string, string | string[]>
    each(this, (value, name) => {
      const values = elements(value)
      const before = out[name]
      if (before === undefined) out[name] = value.startsWith(ARRAY) ? values : value
      // Appended to, not copied: a header may come a hundred thousand times.
      else if (typeof before === 'string') out[name] = [before].concat(values)
      else for (const each of values) before.push(each)
    })
    if (this.body !== undefined) out['_body'] = this.body
    return out
  },
})
