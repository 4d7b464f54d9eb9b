import { headerOf, isChannelData, type WireFrame } from './frames.ts'

/** A channel of a run, as its events tell of it. */
export interface Leg {
  readonly uuid: string
  /**
   * What tells it from the others of its run, in every run alike: direction, name, whom it is for, and the how manieth
   * such. Legs of a fork reach the other side in an order that is a matter of chance.
   */
  readonly key: string
  /** Everything that is known of it, the last value of each header. */
  readonly facts: ReadonlyMap<string, string>
}

/** Finds the channels in what a switch sent on its connections, in the order in which they were made. */
export const legsOf = (connections: readonly (readonly WireFrame[])[]): Leg[] => {
  const found = new Map<string, Map<string, string>>()
  const about = connections
    .flat()
    .filter((frame) => frame.kind === 'event' || isChannelData(frame))
    .sort((a, b) => a.at - b.at)
  for (const frame of about) {
    const uuid = headerOf(frame, 'Unique-ID')
    if (uuid === undefined) continue
    let facts = found.get(uuid)
    if (!facts) found.set(uuid, (facts = new Map<string, string>()))
    for (const [name, value] of frame.headers) facts.set(name, value)
  }
  const counts = new Map<string, number>()
  const inOrder = [...found].sort(([, a], [, b]) => createdAt(a) - createdAt(b))
  return inOrder.map(([uuid, facts]) => {
    const user = facts.get('Call-Direction') === 'inbound' ? facts.get('variable_sip_req_user') : undefined
    const kind =
      `${facts.get('Call-Direction') ?? ''} ${facts.get('Channel-Name') ?? ''}` +
      (user === undefined ? '' : ` for ${user}`)
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return { uuid, key: `${kind} ${count}`, facts }
  })
}

/** When a channel was made, in milliseconds since the epoch. */
export const createdAt = (facts: ReadonlyMap<string, string>): number =>
  Number(facts.get('Caller-Channel-Created-Time') ?? facts.get('Event-Date-Timestamp') ?? 0) / 1000
