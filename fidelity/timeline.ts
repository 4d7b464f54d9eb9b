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
  /** How long after the last of these it did it, in ms. */
  readonly since: number
  /** How many of them were answers, and how long after the last of those it did it: a client that waits counts from there. */
  readonly answers: number
  readonly sinceAnswer: number
}

const NOTHING = Buffer.alloc(0)

/** The switch's own clock strikes when it will; nobody waits for it. */
const isOfTheClock = (frame: WireFrame): boolean =>
  frame.headers.some(
    ([name, value]) =>
      name === 'Event-Name' &&
      (value === 'HEARTBEAT' || value === 'RE_SCHEDULE' || value === 'SESSION_HEARTBEAT'),
  )

/** The frames of a connection that its client waits for: those of the switch's own clock left out. */
export const awaited = (frames: readonly WireFrame[]): WireFrame[] =>
  frames.filter((frame) => !isOfTheClock(frame))

export const isAnswer = ({ kind }: WireFrame): boolean => kind !== 'event' && kind !== 'log/data'

const actionsOf = (connection: RecordedConnection): Action[] => {
  const { outbound, openedAt, fromClient, clientEndedAt, frames } = connection
  const seen = awaited(frames)
  let [after, answers, answeredAt] = [0, 0, -Infinity]
  const action = (at: number, what: Action['what'], bytes: Buffer = NOTHING): Action => {
    for (let next = seen[after]; next && next.at <= at; next = seen[++after])
      if (isAnswer(next)) [answers, answeredAt] = [answers + 1, next.at]
    const since = at - (seen[after - 1]?.at ?? -Infinity)
    return { at, connection, what, bytes, after, since, answers, sinceAnswer: at - answeredAt }
  }
  return [
    ...(outbound ? [] : [action(openedAt, 'open')]),
    ...fromClient.map(({ at, bytes }) => action(at, 'bytes', bytes)),
    ...(clientEndedAt === undefined ? [] : [action(clientEndedAt, 'end')]),
  ]
}

/** All that the clients of a scenario do, in order. */
export const timelineOf = ({ connections }: Scenario): Action[] =>
  connections.flatMap(actionsOf).sort((a, b) => a.at - b.at)
