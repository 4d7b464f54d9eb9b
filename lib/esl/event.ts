import type { EventFormat } from './frames.ts'
import type { EventName } from './event-names.ts'
import type { HeaderName } from './header-names.ts'
import type { SureHeader } from './sure-headers.ts'
import { jsonReader } from './event-json.ts'
import { methodsOver } from './event-methods.ts'
import { plainReader } from './event-plain.ts'
import { xmlReader } from './event-xml.ts'

/**
 * An immutable view over an event as FreeSWITCH sent it. Headers are found and decoded when they are asked for.
 *
 * `N` is what the event is called: the type promises the headers that such events always carry. An event of a known name is an
 * `EslEvent`, too: a helper `(event: EslEvent) => …` takes any.
 */
export type EslEvent<N extends EventName = EventName> = EventOf<N, SureHeader<N>>

/** An event by its name and the headers that it is sure to carry; see `EslEvent`. */
export interface EventOf<out N extends EventName, in S> {
  /** The event type, or the subclass for CUSTOM: `CHANNEL_ANSWER`, `mod_bert::in_sync`. */
  readonly name: N
  /** `Unique-ID`: the channel it is about; `undefined` on events that are about none. */
  readonly uuid: string | undefined
  /** `Event-Date-Timestamp` in milliseconds since the epoch, with the switch's microseconds as a fraction. */
  readonly time: number
  /** What follows the headers: the output of a job, the text of a MESSAGE. Not decoded, for it is not encoded. */
  readonly body: string | undefined
  /** The (first) value of a header. Names are matched as FreeSWITCH writes them, case included. */
  get(header: S): string
  get(header: HeaderName): string | undefined
  /** All values of a header: of repeated headers, and of FreeSWITCH's arrays (`ARRAY::a|:b`), element by element. */
  getAll(header: HeaderName): string[]
  has(header: HeaderName): boolean
  /** Calls `fn` with each header, in the switch's order; repeated ones repeatedly. The quickest way to read all of them. */
  forEach(fn: (value: string, name: string) => void): void
  /** Name and value of each header, in the switch's order; repeated ones repeatedly. */
  [Symbol.iterator](): IterableIterator<[name: string, value: string]>
  /** Every header by its name, arrays and repeated ones as arrays, and the body as `_body`. */
  toJSON(): Record<string, string | string[]>
}

/**
 * What is kept of an event: its text (latin1, as it came) and what the readers found out about it so far. Four fields and
 * no more: as many fit into an object that `Object.create` makes.
 */
export interface EventState {
  readonly text: string
  /** What the reader of its format notes about it. */
  found: Found
  knownName: string | undefined
  knownUuid: string | null | undefined
}

export type HeaderPair = [name: string, value: string]

/** For the plain format where the headers end, for the others all headers; undefined while nobody asked. */
export type Found = number | HeaderPair[] | undefined

const METHODS: Readonly<Record<EventFormat, object>> = {
  plain: methodsOver(plainReader),
  json: methodsOver(jsonReader),
  xml: methodsOver(xmlReader),
}

const plainMethods = METHODS.plain

/** Makes the view of an event out of the text inside its frame (latin1, as `FrameSink.event` gives it). */
export const createEvent = (text: string, format: EventFormat): EslEvent => {
  const event = Object.create(format === 'plain' ? plainMethods : METHODS[format]) as {
    -readonly [K in keyof EventState]: EventState[K]
  }
  event.text = text
  event.found = undefined
  event.knownName = undefined
  event.knownUuid = undefined
  return event as unknown as EslEvent
}

/** Narrows an event by its name. */
export const isEvent = <N extends EventName>(event: EslEvent, name: N): event is EslEvent<N> & EslEvent =>
  event.name === name
