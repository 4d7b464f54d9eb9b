import type { WireFrame } from './frames.ts'
import type { RecordedConnection, Scenario } from './scenario.ts'

/** Something that the client's side of a recording does. */
export interface Action {
  /** Milliseconds since the epoch, in the recording's time. */
  readonly at: number
  readonly connection: RecordedConnection
  readonly what: 'open' | 'bytes' | 'end'
  readonly bytes: Buffer
  /** How many frames of the switch's had come on that connection by then. */
  readonly after: number
}

const NOTHING = Buffer.alloc(0)

/** The switch's own clock strikes when it will; nobody waits for it. */
const isOfTheClock = (frame: WireFrame): boolean =>
  frame.headers.some(
    ([name, value]) =>
      name === 'Event-Name' &&
      (value === 'HEARTBEAT' || value === 'RE_SCHEDULE' || value === 'SESSION_HEARTBEAT'),
  )

/** How many frames, those of the switch's own clock left out, had come by a time. */
export const countUntil = (frames: readonly WireFrame[], at: number): number =>
  frames.filter((frame) => frame.at <= at && !isOfTheClock(frame)).length

const actionsOf = (connection: RecordedConnection): Action[] => {
  const { outbound, openedAt, fromClient, clientEndedAt, frames } = connection
  const action = (at: number, what: Action['what'], bytes: Buffer = NOTHING): Action => ({
    at,
    connection,
    what,
    bytes,
    after: countUntil(frames, at),
  })
  return [
    ...(outbound ? [] : [action(openedAt, 'open')]),
    ...fromClient.map(({ at, bytes }) => action(at, 'bytes', bytes)),
    ...(clientEndedAt === undefined ? [] : [action(clientEndedAt, 'end')]),
  ]
}

/** All that the clients of a scenario do, in order. */
export const timelineOf = ({ connections }: Scenario): Action[] =>
  connections.flatMap(actionsOf).sort((a, b) => a.at - b.at)
