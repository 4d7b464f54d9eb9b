/** An event as it came: its headers by name, its body as `_body`. */
export type RecordedEvent = Readonly<Record<string, string | readonly string[]>>

/** What happened on a connection, in order; `t` is milliseconds since it began. */
export type RecordedLine =
  | { readonly t: number; readonly event: RecordedEvent }
  /** A command without its blank line: `sendmsg <uuid>\ncall-command: execute\n…`. */
  | { readonly t: number; readonly command: string }
  /** The answer to the oldest command that had none. */
  | { readonly t: number; readonly reply: string }

/** What a connection to a switch said and was told, from the greeting on; passwords are left out. */
export interface Recording {
  /** `host:port` of the switch. */
  readonly node: string
  /** Milliseconds since the epoch. */
  readonly start: number
  /** Whether the connection only listened: then no commands are in it but those that the events tell of. */
  readonly passive?: boolean
  readonly lines: readonly RecordedLine[]
}

/** The value of a header, the first where there are several. */
export const headerOf = (event: RecordedEvent, name: string): string | undefined => {
  const value = event[name]
  return typeof value === 'string' ? value : value?.[0]
}

/** What the event is called: its subclass, where it is a CUSTOM one. */
export const nameOf = (event: RecordedEvent): string => {
  const name = headerOf(event, 'Event-Name') ?? ''
  return name === 'CUSTOM' ? (headerOf(event, 'Event-Subclass') ?? name) : name
}

/** The channels of a recording, in the order in which they appeared. */
export const sessionsIn = ({ lines }: Recording): Set<string> =>
  new Set(
    lines.flatMap((line) => {
      const uuid = 'event' in line ? headerOf(line.event, 'Unique-ID') : undefined
      return uuid === undefined ? [] : [uuid]
    }),
  )
