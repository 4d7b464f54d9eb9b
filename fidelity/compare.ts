import { compareHeaders } from './compare-headers.ts'
import { compareOrder } from './compare-order.ts'
import { compareReplies } from './compare-replies.ts'
import { firstDifference } from './first-difference.ts'
import { headerOf, isChannelData, type WireFrame } from './frames.ts'
import { createdAt, legsOf, type Leg } from './legs.ts'
import { memberNumbers } from './members.ts'
import { normaliser } from './normalise.ts'
import { withoutStutter } from './races.ts'
import type { Scenario } from './scenario.ts'

/** How like a run was to its recording. */
export interface Fidelity {
  readonly scenario: string
  /** False where the embedded switch said itself that it does not model something in it. */
  readonly modelled: boolean
  readonly events: number
  readonly order: Score
  readonly headers: Score
  readonly replies: Score
  readonly races: readonly string[]
  /** Events of calls that were up before the recording began: nothing that its clients did can bring them back. */
  readonly leftOut: number
  readonly differences: readonly string[]
}

export interface Score {
  readonly same: number
  readonly of: number
}

const CLOCK = /^(?:HEARTBEAT|RE_SCHEDULE|SESSION_HEARTBEAT)$/

/** The recorder and the switch may take their time from different clocks, ms. */
const SLACK = 1000

const REFUSAL = /not modelled by the embedded switch/

/** Events that a connection got, by the key of their leg; those of the switch's own clock apart. */
const byLeg = (frames: readonly WireFrame[], legs: readonly Leg[]): Map<string, WireFrame[]> => {
  const keys = new Map(legs.map(({ uuid, key }) => [uuid, key]))
  const found = new Map<string, WireFrame[]>()
  for (const frame of frames) {
    if (frame.kind !== 'event') continue
    const ofClock = CLOCK.test(headerOf(frame, 'Event-Name') ?? '')
    const leg = ofClock ? 'clock' : (keys.get(headerOf(frame, 'Unique-ID') ?? '') ?? '-')
    found.set(leg, [...(found.get(leg) ?? []), frame])
  }
  return found
}

/** The switch's clock does not wait for a scenario: as many as both have. */
const clockPairs = (a: readonly WireFrame[], b: readonly WireFrame[]): (readonly [WireFrame, WireFrame])[] =>
  a.flatMap((frame) => {
    const name = headerOf(frame, 'Event-Name')
    const other = b.find((one) => headerOf(one, 'Event-Name') === name)
    return other ? [[frame, other] as const] : []
  })

/** Compares what the embedded switch sent with what the real one had sent. */
export const compareRun = (
  scenario: Scenario,
  simulated: ReadonlyMap<string, readonly WireFrame[]>,
): Fidelity => {
  const order = { same: 0, of: 0 }
  const headers = { same: 0, of: 0 }
  const replies = { same: 0, of: 0 }
  const races: string[] = []
  const differences: string[] = []
  const add = (score: { same: number; of: number }, same: number, of: number): void => {
    score.same += same
    score.of += of
  }
  const all = [...simulated.values()]
  const [legs, ours] = [legsOf(scenario.connections.map(({ frames }) => frames)), legsOf(all)]
  const [normalA, normalB] = [
    normaliser(legs, memberNumbers(scenario.connections.flatMap(({ frames }) => frames))),
    normaliser(ours, memberNumbers(all.flat())),
  ]
  // What was up before the recording began cannot be had again by what its clients did.
  const before = new Set(
    legs.filter(({ facts }) => createdAt(facts) < scenario.startedAt - SLACK).map(({ key }) => key),
  )
  let [events, leftOut] = [0, 0]
  for (const { name, frames } of scenario.connections) {
    const frames2 = simulated.get(name) ?? []
    const [a, b] = [byLeg(frames, legs), byLeg(frames2, ours)]
    const pairs: (readonly [WireFrame, WireFrame])[] = clockPairs(a.get('clock') ?? [], b.get('clock') ?? [])
    for (const leg of new Set([...a.keys(), ...b.keys()])) {
      if (leg === 'clock') continue
      if (before.has(leg)) {
        leftOut += (a.get(leg) ?? []).length
        continue
      }
      const heard = withoutStutter(a.get(leg) ?? [])
      races.push(...heard.races)
      const found = compareOrder(heard.frames, b.get(leg) ?? [])
      add(order, found.inOrder, found.of)
      pairs.push(...found.pairs)
      races.push(...found.races)
      differences.push(...found.differences.map((text) => `${name} ${leg}: order: ${text}`))
    }
    const data = [frames.filter(isChannelData), frames2.filter(isChannelData)] as const
    data[0].forEach((frame, i) => {
      const other = data[1][i]
      if (other) pairs.push([frame, other])
    })
    for (const [one, other] of pairs) {
      const found = compareHeaders(one, other, normalA, normalB)
      add(headers, found.same, found.of)
      differences.push(...found.differences.map((text) => `${name}: header: ${text}`))
      if (one.body === '' && other.body === '') continue
      const same = normalA(one.body) === normalB(other.body)
      add(replies, same ? 1 : 0, 1)
      if (!same) differences.push(`${name}: body: ${firstDifference(normalA(one.body), normalB(other.body))}`)
    }
    const answered = compareReplies(frames, frames2, normalA, normalB)
    add(replies, answered.same, answered.of)
    differences.push(...answered.differences.map((text) => `${name}: reply: ${text}`))
    events += frames.filter(({ kind }) => kind === 'event').length
  }
  const refused = all
    .flat()
    .some(({ body, headers: own }) => REFUSAL.test(body) || own.some(([, value]) => REFUSAL.test(value)))
  return {
    scenario: scenario.name,
    modelled: !refused,
    events,
    order,
    headers,
    replies,
    races,
    leftOut,
    differences,
  }
}
