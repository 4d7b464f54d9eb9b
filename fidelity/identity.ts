import { headerOf, isChannelData, type WireFrame } from './frames.ts'
import { memberNumbers, translateMembers } from './members.ts'
import { legsOf } from './legs.ts'

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g

/** The run as it stands: what came on each connection so far. */
export type Run = ReadonlyMap<string, readonly WireFrame[]>

const uuidsIn = (frame: WireFrame): string[] => [
  ...frame.headers.flatMap(([, value]) => value.match(UUID) ?? []),
  ...(frame.body.match(UUID) ?? []),
]

const repliesOf = (frames: readonly WireFrame[]): WireFrame[] =>
  frames.filter(({ kind }) => kind === 'command/reply' || kind === 'api/response')

/** Replies apart, the event that an id came with: its name, its leg, and the how manieth. */
const kindOf = (frame: WireFrame, legs: ReadonlyMap<string, string>): string =>
  `${headerOf(frame, 'Event-Name') ?? ''} ${legs.get(headerOf(frame, 'Unique-ID') ?? '') ?? ''}`

const legKeys = (run: Run, offstage: readonly WireFrame[]): Map<string, string> =>
  new Map(legsOf([...run.values(), offstage]).map(({ uuid, key }) => [uuid, key]))

/** Where in a run each id was first seen. */
const placesOf = (run: Run, offstage: readonly WireFrame[] = []): Map<string, string> => {
  const places = new Map<string, string>()
  const note = (uuid: string, place: string): void => {
    if (!places.has(uuid)) places.set(uuid, place)
  }
  const legs = legKeys(run, offstage)
  for (const [uuid, key] of legs) note(uuid, `leg ${key}`)
  for (const [name, frames] of run) {
    repliesOf(frames)
      .filter((frame) => !isChannelData(frame))
      .forEach((frame, i) => uuidsIn(frame).forEach((uuid, j) => note(uuid, `reply ${name} ${i} ${j}`)))
    const counts = new Map<string, number>()
    for (const frame of frames) {
      if (frame.kind !== 'event') continue
      const kind = kindOf(frame, legs)
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      uuidsIn(frame).forEach((uuid, j) => note(uuid, `event ${name} ${kind} ${count} ${j}`))
    }
  }
  return places
}

/** `+OK Added: 7`: the scheduler's numbers go on from run to run. */
const taskNumbers = (run: Run): string[] =>
  [...run.values()]
    .flat()
    .flatMap(({ body, headers }) => [body, ...headers.map(([, value]) => value)])
    .flatMap((text) => /^\+OK Added: (\d+)/.exec(text)?.[1] ?? [])

/**
 * Says what the client of a recording said, with the ids of this run in the place of the recording's: channels by their
 * order, anything else by where it was first seen. Ids that the client itself has chosen stay. `offstage` are events of
 * this run that its clients do not get.
 */
export const createIdentity = (
  recorded: Run,
): ((text: string, now: Run, offstage: readonly WireFrame[]) => string) => {
  const places = placesOf(recorded)
  const tasks = taskNumbers(recorded)
  const members = memberNumbers([...recorded.values()].flat())
  return (text, now, offstage) => {
    if (!UUID.test(text) && !/sched_del|unsched_api| like |conference /.test(text)) return text
    UUID.lastIndex = 0
    const here = new Map([...placesOf(now, offstage)].map(([uuid, place]) => [place, uuid]))
    const tasksNow = taskNumbers(now)
    return translateMembers(text, members, memberNumbers([...now.values()].flat()))
      .replace(UUID, (uuid) => here.get(places.get(uuid) ?? '') ?? uuid)
      .replace(/(?<= like )[0-9a-f]{8}\b/, (start) => {
        const whole = [...places.keys()].find((uuid) => uuid.startsWith(start))
        return here.get(places.get(whole ?? '') ?? '')?.slice(0, start.length) ?? start
      })
      .replace(/\b(sched_del|unsched_api) (\d+)\b/g, (all, command: string, number: string) => {
        const at = tasks.indexOf(number)
        return at < 0 ? all : `${command} ${tasksNow[at] ?? number}`
      })
  }
}
