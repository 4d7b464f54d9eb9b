import { frame, recordedEvents, type Recorded } from './stream.ts'

/** The events of one recorded channel, to be had again and again under other uuids. */
export interface Channel {
  /** The frames of these events, with the uuid of channel number `n` in them. The buffer is used again by the next call. */
  as(n: number): Buffer
  readonly events: number
}

const UUID_SIZE = 36
const NAME = /^Event-Name: (\w+)/
const ID = /\nUnique-ID: ([\w-]+)/

const nameOf = ({ plain }: Recorded): string => NAME.exec(plain)?.[1] ?? ''

/** Of the recorded channels the first that has all of these events, from the first of them on. */
const recordedChannel = (names: readonly string[]): { id: string; events: Recorded[] } => {
  const byId = new Map<string, Recorded[]>()
  for (const event of recordedEvents()) {
    const id = ID.exec(event.plain)?.[1] ?? ''
    byId.set(id, [...(byId.get(id) ?? []), event])
  }
  for (const [id, events] of byId)
    // What comes before the first is of no session yet.
    if (names.every((name) => events.some((event) => nameOf(event) === name)))
      return { id, events: events.slice(events.findIndex((event) => nameOf(event) === names[0])) }
  throw new Error(`no recorded channel has all of ${names.join(', ')}`)
}

const uuidOf = (n: number): string => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`

/** Those of its events that `pick` takes, of a channel that has all of `names`. */
export const channelOf = (
  names: readonly string[],
  pick: (name: string, place: number) => boolean,
): Channel => {
  const { id, events } = recordedChannel(names)
  const picked = events.filter((event, place) => pick(nameOf(event), place))
  const bytes = Buffer.concat(picked.map(({ plain }) => frame('plain', plain)))
  const places: number[] = []
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + UUID_SIZE)) places.push(at)
  return {
    events: picked.length,
    as(n) {
      const uuid = Buffer.from(uuidOf(n), 'latin1')
      for (const place of places) uuid.copy(bytes, place)
      return bytes
    },
  }
}
