import type { EventFormat } from './frames.ts'
import type { EventName } from './event-names.ts'
import type { HeaderName } from './header-names.ts'
import type { SureHeader } from './sure-headers.ts'
import { jsonReader } from './event-json.ts'
import { plainReader } from './event-plain.ts'
import { xmlReader } from './event-xml.ts'

/**
 * An immutable view over an event as FreeSWITCH sent it. Headers are found and decoded when they are asked for.
 *
 * `N` is what the event is called: the type promises the headers that such events always carry.
 */
export interface EslEvent<N extends EventName = EventName> {
  /** The event type, or the subclass for CUSTOM: `CHANNEL_ANSWER`, `mod_bert::in_sync`. */
  readonly name: N
  /** `Unique-ID`: the channel it is about; `undefined` on events that are about none. */
  readonly uuid: string | undefined
  /** `Event-Date-Timestamp` in milliseconds since the epoch, with the switch's microseconds as a fraction. */
  readonly time: number
  /** What follows the headers: the output of a job, the text of a MESSAGE. Not decoded, for it is not encoded. */
  readonly body: string | undefined
  /** The (first) value of a header. Names are matched as FreeSWITCH writes them, case included. */
  get(header: SureHeader<N>): string
  get(header: HeaderName): string | undefined
  /** All values of a header: of repeated headers, and of FreeSWITCH's arrays (`ARRAY::a|:b`), element by element. */
  getAll(header: HeaderName): string[]
  has(header: HeaderName): boolean
  /** Name and value of each header, in the switch's order; repeated ones repeatedly. */
  [Symbol.iterator](): IterableIterator<[name: string, value: string]>
  /** Every header by its name, arrays and repeated ones as arrays, and the body as `_body`. */
  toJSON(): Record<string, string | string[]>
}

/** What is kept of an event: its text (latin1, as it came) and what the readers found out about it so far. */
export interface EventState {
  text: string
  /** Where its headers end, for a reader that looks for them by name; -1 while nobody asked. */
  end: number
  /** Up to where no blank line was found, for that reader. */
  clear: number
  /** Its headers, for a reader that has to read them all at once; undefined while nobody asked. */
  pairs: HeaderPair[] | undefined
  reader: EventReader
  knownName: string | undefined
  knownUuid: string | null | undefined
}

export type HeaderPair = [name: string, value: string]

/** What each wire format has to give. */
export interface EventReader {
  first(event: EventState, header: string): string | undefined
  pairs(event: EventState): HeaderPair[]
  body(event: EventState): string | undefined
}

const READERS: Readonly<Record<EventFormat, EventReader>> = {
  plain: plainReader,
  json: jsonReader,
  xml: xmlReader,
}

const ARRAY = 'ARRAY::'

const elements = (value: string): string[] =>
  value.startsWith(ARRAY) ? value.slice(ARRAY.length).split('|:') : [value]

const nameOf = (event: EventState): string => {
  const type = event.reader.first(event, 'Event-Name') ?? ''
  return type === 'CUSTOM' ? (event.reader.first(event, 'Event-Subclass') ?? type) : type
}

type Self = EventState & EslEvent

const eventMethods = {
  get name(): string {
    const self = this as unknown as EventState
    return (self.knownName ??= nameOf(self))
  },
  get uuid(): string | undefined {
    const self = this as unknown as EventState
    if (self.knownUuid === undefined) self.knownUuid = self.reader.first(self, 'Unique-ID') ?? null
    return self.knownUuid ?? undefined
  },
  get time(): number {
    const self = this as unknown as EventState
    return Number(self.reader.first(self, 'Event-Date-Timestamp') ?? Number.NaN) / 1000
  },
  get body(): string | undefined {
    const self = this as unknown as EventState
    return self.reader.body(self)
  },
  get(this: Self, header: string): string | undefined {
    return this.reader.first(this, header)
  },
  getAll(this: Self, header: string): string[] {
    return this.reader.pairs(this).flatMap(([name, value]) => (name === header ? elements(value) : []))
  },
  has(this: Self, header: string): boolean {
    return this.reader.first(this, header) !== undefined
  },
  [Symbol.iterator](this: Self): IterableIterator<HeaderPair> {
    return this.reader.pairs(this).values()
  },
  toJSON(this: Self): Record<string, string | string[]> {
    // No prototype: a header may be called `constructor`, or `__proto__`.
    const out = Object.create(null) as Record<string, string | string[]>
    for (const [name, value] of this) {
      const values = elements(value)
      const before = out[name]
      if (before !== undefined) out[name] = [before, values].flat()
      else out[name] = value.startsWith(ARRAY) ? values : value
    }
    if (this.body !== undefined) out['_body'] = this.body
    return out
  },
}

/** Makes the view of an event out of the text inside its frame (latin1, as `FrameSink.event` gives it). */
export const createEvent = (text: string, format: EventFormat): EslEvent => {
  const event = Object.create(eventMethods) as EventState
  event.text = text
  event.end = -1
  event.clear = 0
  event.pairs = undefined
  event.reader = READERS[format]
  event.knownName = undefined
  event.knownUuid = undefined
  return event as unknown as EslEvent
}

/** Narrows an event by its name. */
export const isEvent = <N extends EventName>(event: EslEvent, name: N): event is EslEvent<N> & EslEvent =>
  event.name === name
