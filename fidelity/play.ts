import { isUtf8 } from 'node:buffer'
import { memory } from '../lib/link/memory.ts'
import type { Transport, TransportHandlers } from '../lib/link/transport.ts'
import { simulate, type EmbeddedSwitch } from '../lib/sim/simulate.ts'
import type { Phone } from '../lib/sim/calls/phone.ts'
import { virtualClock, type VirtualClock } from '../lib/testing/virtual-clock.ts'
import { deedsOf, type Deed } from './callers.ts'
import { createFrameReader, headerOf, type WireFrame } from './frames.ts'
import { createIdentity } from './identity.ts'
import { legsOf } from './legs.ts'
import { recordedSwitch } from './recorded-switch.ts'
import type { Scenario } from './scenario.ts'
import { awaited, isAnswer, timelineOf, type Action } from './timeline.ts'

/**
 * How long, in virtual ms, the client waits for what it had seen at that point of the recording: one that reacted to it,
 * and one that only slept meanwhile.
 */
const PATIENCE = 400
const SLEEPY_PATIENCE = 100

/** Where the recorded applications listened; nobody did on other ports. */
const LISTENING_PORT = 8084

/** How long the run goes on after the last thing that the recording shows. */
const AFTERMATH = 300

interface Line {
  transport: Transport | undefined
  readonly reader: ReturnType<typeof createFrameReader>
}

/** The stage: the embedded switch in virtual time, and the lines of the recording's connections to it. */
interface Stage {
  readonly clock: VirtualClock
  readonly sim: EmbeddedSwitch
  readonly lines: Map<string, Line>
  readonly phones: Map<string, Phone>
  /** A connection of ours: it sees all channels, and places the calls of clients that were not recorded. */
  readonly offstage: {
    transport: Transport | undefined
    readonly reader: ReturnType<typeof createFrameReader>
  }
}

const listenOn = (clock: VirtualClock, line: Line): TransportHandlers => ({
  data: (chunk) => line.reader.push({ at: clock.now(), bytes: Buffer.from(chunk) }),
  close: () => (line.transport = undefined),
})

/** A call that another FreeSWITCH client had the switch place to itself. */
const callFromSwitch = (stage: Stage, { facts }: { facts: ReadonlyMap<string, string> }): void => {
  const number = facts.get('Caller-Caller-ID-Number') ?? ''
  const name = facts.get('Caller-Caller-ID-Name') ?? ''
  const target = facts.get('variable_sip_req_uri') ?? facts.get('Caller-Destination-Number') ?? ''
  stage.offstage.transport?.write(
    `bgapi originate {origination_caller_id_number=${number},origination_caller_id_name=${name}}` +
      `sofia/external/${target} &park()\n\n`,
  )
}

const place = (stage: Stage, deed: Deed): void => {
  const { leg } = deed
  const { facts } = leg
  if (deed.what === 'call' && !deed.phone) callFromSwitch(stage, leg)
  else if (deed.what === 'call') {
    const phone = stage.sim.call({
      to: facts.get('variable_sip_req_uri') ?? '',
      from: facts.get('variable_sip_from_uri') ?? '',
      name: facts.get('variable_sip_from_display') ?? '',
      ...(facts.has('variable_sip_to_display') ? { toName: facts.get('variable_sip_to_display') ?? '' } : {}),
      ...(facts.has('variable_sip_subject') ? { subject: facts.get('variable_sip_subject') ?? '' } : {}),
      dtmf: facts.get('variable_dtmf_type') === 'rfc2833' ? 'rfc2833' : 'info',
    })
    stage.phones.set(leg.uuid, phone)
  } else if (deed.what === 'order') {
    const here = legsOf([stage.offstage.reader.frames]).find(({ key }) => key === leg.key)
    if (here) stage.offstage.transport?.write(`${deed.text.replace('UUID', here.uuid)}\n\n`)
  } else if (deed.what === 'hangup') stage.phones.get(leg.uuid)?.hangup()
}

const perform = async (stage: Stage, action: Action, say: (text: string) => string): Promise<void> => {
  const { connection, what, bytes } = action
  const line = stage.lines.get(connection.name)
  if (!line) return
  if (what === 'open') line.transport = await stage.sim.connect(listenOn(stage.clock, line))
  else if (what === 'end') {
    // The real switch sees the end of a connection with its next look at the socket, and says until then what it has to.
    await stage.clock.advance(20)
    line.transport?.end()
  } else if (isUtf8(bytes)) line.transport?.write(say(bytes.toString('utf8')))
  else line.transport?.writeLatin1?.(bytes.toString('latin1'))
}

/** A client that does something within so many ms of what it was told does it for that. */
const REACTION = 5

/** Waits until so much of something has come, and gives when the last of it did; gives up at `until`. */
const waitForNth = async (
  clock: VirtualClock,
  pick: () => readonly WireFrame[],
  count: number,
  until: number,
): Promise<number | undefined> => {
  for (;;) {
    const come = pick()
    if (come.length >= count) return come[count - 1]?.at
    if (clock.now() >= until) return undefined
    await clock.advance(Math.min(clock.next ?? until, until) - clock.now())
  }
}

/** When the switch of the recording was started, as far as it lets us know: its clock strikes from then on. */
const startOf = (scenario: Scenario): number => {
  const beat = scenario.connections
    .flatMap(({ frames }) => frames)
    .find((frame) => headerOf(frame, 'Event-Name') === 'HEARTBEAT')
  const first = beat ? Number(headerOf(beat, 'Event-Date-Timestamp')) / 1000 : scenario.startedAt + 10_000
  return first - 20_000 * Math.max(1, Math.ceil((first - scenario.startedAt) / 20_000))
}

export interface Performance {
  /** What the embedded switch sent on each connection. */
  readonly frames: ReadonlyMap<string, readonly WireFrame[]>
}

/** Plays the client side of a recording to the embedded switch, in virtual time. */
export const play = async (scenario: Scenario): Promise<Performance> => {
  const clock = virtualClock(startOf(scenario))
  const waiting = scenario.connections.filter(({ outbound }) => outbound)
  const lines = new Map<string, Line>(
    scenario.connections.map(({ name }) => [name, { transport: undefined, reader: createFrameReader() }]),
  )
  const rude = scenario.connections.some(({ frames }) =>
    frames.some(({ kind }) => kind === 'text/rude-rejection'),
  )
  await using sim = await simulate({
    ...recordedSwitch(scenario.folder),
    clock,
    transport: 'memory',
    seed: 1,
    acl: () => !rude,
    outbound: (_host: string, port: number) => {
      if (port !== LISTENING_PORT) return undefined
      const line = lines.get(waiting.shift()?.name ?? '')
      if (!line) return undefined
      return memory(clock, (transport) => {
        line.transport = transport
        return listenOn(clock, line)
      })
    },
  })
  const offstage: Stage['offstage'] = { transport: undefined, reader: createFrameReader() }
  const stage: Stage = { clock, sim, lines, phones: new Map(), offstage }
  if (!rude) {
    offstage.transport = await sim.connect({
      data: (chunk) => offstage.reader.push({ at: clock.now(), bytes: Buffer.from(chunk) }),
      close: () => (offstage.transport = undefined),
    })
    offstage.transport.write('auth ClueCon\n\nevent plain CHANNEL_STATE CHANNEL_CREATE\n\n')
  }
  await follow(stage, scenario)
  return { frames: new Map([...lines].map(([name, { reader }]) => [name, reader.frames])) }
}

/** When a client does something: so long after what made it, or after the answer that it slept on. */
const dueOf = async ({ clock, lines }: Stage, action: Action, planned: number): Promise<number> => {
  const line = lines.get(action.connection.name)
  if (!line || action.what === 'open') return planned
  const seen = (): readonly WireFrame[] => awaited(line.reader.frames)
  const latest = Math.max(clock.now(), planned)
  if (action.since <= REACTION) {
    const told = await waitForNth(clock, seen, action.after, latest + PATIENCE)
    return told === undefined ? planned : told + action.since
  }
  const answers = (): readonly WireFrame[] => line.reader.frames.filter(isAnswer)
  const answered = await waitForNth(clock, answers, action.answers, latest + PATIENCE)
  const then = answered === undefined ? planned : answered + action.sinceAnswer
  await advanceTo(clock, then)
  await waitForNth(clock, seen, action.after, then + SLEEPY_PATIENCE)
  return then
}

const advanceTo = async (clock: VirtualClock, then: number): Promise<void> => {
  if (then > clock.now()) await clock.advance(then - clock.now())
}

const follow = async (stage: Stage, scenario: Scenario): Promise<void> => {
  const { clock } = stage
  const identity = createIdentity(new Map(scenario.connections.map(({ name, frames }) => [name, frames])))
  const say = (text: string): string =>
    identity(
      text,
      new Map([...stage.lines].map(([name, { reader }]) => [name, reader.frames])),
      stage.offstage.reader.frames,
    )
  const todo = [
    ...timelineOf(scenario).map((action) => ({ at: action.at, action, deed: undefined })),
    ...deedsOf(scenario).map((deed) => ({ at: deed.at, action: undefined, deed })),
  ].sort((a, b) => a.at - b.at)
  // The run may fall behind the recording, or be ahead of it; then everything after is late, or early, by as much.
  let late = 0
  for (const { at, action, deed } of todo) {
    if (action) await advanceTo(clock, await dueOf(stage, action, at + late))
    else {
      await advanceTo(clock, at + late)
      place(stage, deed)
    }
    if (!action) continue
    late = clock.now() - at
    await perform(stage, action, say)
  }
  const last = Math.max(...scenario.connections.flatMap(({ frames }) => frames.map((frame) => frame.at)))
  await advanceTo(clock, last + late)
  await clock.advance(AFTERMATH)
}
