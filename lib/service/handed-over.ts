import debug from 'debug'
import { requireSeconds } from '../esl/encode/number.ts'
import { requireUuid } from '../esl/encode/uuid.ts'
import { sleep, type Clock } from '../clock.ts'
import { CommandError } from '../errors.ts'
import { createEvent, isEvent, type EslEvent } from '../esl/event.ts'
import { MADE_UP, plainEvent } from '../esl/made-up.ts'
import { openLink, type Link } from '../link/inbound.ts'
import { nothing } from '../link/pump.ts'
import type { Connect } from '../link/transport.ts'
import { createCatchUp } from '../listener/catch-up.ts'
import type { Listener } from '../listener/listener.ts'
import type { Node } from '../model/node.ts'
import type { SessionState } from '../model/state.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

const log = debug('switchix:outbound')

/** A call that the switch handed over to us, and its connection. */
export interface HandedOver {
  readonly link: Link
  readonly subscriptions: Subscriptions
  /** The Core-UUID of its switch. */
  readonly core: string
  /** Has the events of a session come that is to be originated over it; it stays open until `settled`, and while that is up. */
  expect(uuid: string): () => void
  /** Its channel is gone; the connection is kept a moment. */
  readonly lingers: () => boolean
}

export interface HandOverParts {
  readonly connect: Connect
  readonly clock: Clock
  readonly commandTimeout: number | undefined
  readonly maxFrameBytes: number | undefined
  /** How long the switch keeps the connection after the end of the channel, in ms. */
  readonly linger: number
  readonly listener: Listener
  /** The events that the apps and the verbs need. */
  readonly events: readonly string[]
  /** What the sessions of this connection are on. */
  readonly node: (link: Link, subscriptions: Subscriptions, data: EslEvent) => Promise<Node>
  /** What the connections of the server have said of their channels. */
  readonly channels: WeakMap<Node, EslEvent>
  /** Its connection has ended. */
  readonly over: (link: Link) => void
}

/** How long after the connection the channel may tell by itself that it is parked, in ms. */
const PARK_TELLS = 1000

/** How long events of the end may come after the channel has gone, in ms. */
const LAST_EVENTS = 500

/** By then the channel is parked, in ms: only then does the end of the connection make it go on in the dialplan. */
const PARKED_BY = 200

/** Throws CommandError for a socket that cannot do what apps need; the channel goes on in the dialplan. */
const requireFull = async (clock: Clock, data: EslEvent): Promise<void> => {
  const [mode, control] = [data.get('Socket-Mode'), data.get('Control')]
  if (data.uuid === undefined)
    throw new CommandError(
      'connect',
      'it was not a channel of a FreeSWITCH that answered: it has no Unique-ID',
    )
  if (mode === 'async' && control === 'full') return
  await sleep(clock, PARKED_BY)
  throw new CommandError(
    'connect',
    `the dialplan opened this socket as ${mode ?? 'unknown'}, ${control ?? 'unknown'}; expected "async full": ` +
      `<action application="socket" data="host:port async full"/>`,
    data.uuid,
  )
}

/** The switch counts its events; 0 for those that are made up. */
const sequenceOf = (event: EslEvent): number => (event.has(MADE_UP) ? 0 : Number(event.get('Event-Sequence')))

/** Whether another connection has told already that the channel is parked, on its present way through the dialplan. */
const hasParked = ({ hub }: SessionState, data: EslEvent): boolean =>
  hub.items.some(
    (event) =>
      event.name === 'CHANNEL_PARK' && event.get('Caller-Profile-Index') === data.get('Caller-Profile-Index'),
  )

/** What each connection said of its channel when that was handed over. */
type Channels = WeakMap<Node, EslEvent>

/** How long the connection that a channel was handed over on may take to confirm that it was handed over again, in ms. */
const CONFIRMED_BY = 5000

/**
 * A channel that is up was handed over already. It is taken from that connection only if the switch says there, too, that it is:
 * it was transferred since, or it is a leg that the channel of that connection dialled. Anybody can claim its uuid. Throws CommandError.
 */
const requireHandedOverAgain = async ({ uuid, node }: SessionState, channels: Channels): Promise<void> => {
  const before = channels.get(node)
  const options = { timeout: CONFIRMED_BY }
  const text = await node.commands.api(`uuid_dump ${requireUuid(uuid)}`, options).catch(() => '')
  const now = plainEvent(text)
  const isAgain =
    before?.uuid === uuid
      ? now.has('Caller-Profile-Index') &&
        now.get('Caller-Profile-Index') !== before.get('Caller-Profile-Index')
      : now.get('variable_current_application') === 'socket'
  if (!isAgain)
    throw new CommandError(
      'connect',
      'the channel was handed over on another connection, and the switch does not confirm there that it was handed over again',
      uuid,
    )
}

/** Only events of this channel, of those that it is bridged to or dialled, and the results of jobs. */
const filtersOf = (uuid: string): string[] => [
  `filter Unique-ID ${requireUuid(uuid)}`,
  `filter Other-Leg-Unique-ID ${uuid}`,
  `filter Channel-Call-UUID ${uuid}`,
  'filter Event-Name BACKGROUND_JOB',
]

/**
 * Takes a connection that FreeSWITCH's `socket` application opened (`async full`): asks for the channel (`connect`, before
 * which no other command may come), has its events sent, and makes it a session, which begins with its CHANNEL_CREATE, and
 * its CHANNEL_PARK, for the switch parks it then. When it is over the connection is ended. Rejects with CommandError for
 * another kind of socket, and with ConnectionLostError where the caller was quicker.
 */
export const takeCall = async (parts: HandOverParts): Promise<HandedOver> => {
  const { connect, clock, commandTimeout, linger, listener, events, channels } = parts
  let node: Node | undefined
  let channel: string | undefined

  /** Whether a uuid is that of a channel of this connection: the one that was handed over, and the legs that came to it. */
  const isMine = (uuid: string | undefined): boolean =>
    uuid !== undefined && (uuid === channel || listener.tables.sessions.get(uuid)?.node === node)

  /** What the connection may tell of, as the filters ask: its channels, those that belong to them, and the jobs sent over it. */
  const counts = (event: EslEvent): boolean => {
    if (isEvent(event, 'BACKGROUND_JOB')) return listener.jobs.isSentOver(event.get('Job-UUID'), link)
    const uuid = event.name === 'CHANNEL_UUID' ? event.get('Old-Unique-ID') : event.uuid
    if (uuid === undefined) return false
    // Another connection tells of it, too.
    const known = listener.tables.sessions.get(uuid)
    if (known) return known.node === node
    return (
      isMine(uuid) ||
      isMine(event.get('Other-Leg-Unique-ID')) ||
      isMine(event.get('Channel-Call-UUID')) ||
      listener.tables.expected.has(uuid)
    )
  }

  /** What another connection has told of a channel that was handed over again, by its Event-Sequence. */
  let toldUntil = 0
  let lingers = false
  /** Sessions that are being originated over this connection. */
  let expected = 0

  const isTold = (event: EslEvent): boolean =>
    toldUntil > 0 && !event.has(MADE_UP) && sequenceOf(event) <= toldUntil

  const dispatch = (event: EslEvent): (() => void) | undefined => {
    if (counts(event)) return isTold(event) ? undefined : listener.dispatch(event, node)
    log('%s: %s of %s is not for this connection to tell', link.peer, event.name, event.uuid)
    return undefined
  }
  const catchUp = createCatchUp(listener, dispatch)

  const mine = () => [...listener.tables.sessions.values()].filter((state) => state.node === node)
  const endSessions = (states = mine()): void => {
    for (const state of states) link.insert(listener.lose(state))
  }
  /** The channel is gone; calls that were placed over its connection go on. */
  const endCall = (): void => endSessions(mine().filter(({ call }) => call?.legs.every(({ job }) => !job)))

  /** A channel that was handed over before, on a connection that tells of it no more from now on. */
  const takeOver = (known: SessionState | undefined, to: Node): void => {
    if (!known) return
    toldUntil = Math.max(...known.hub.items.map(sequenceOf))
    known.node = to
  }

  const link = await openLink(
    connect,
    {
      event: (event) => catchUp.event(event),
      lingers() {
        lingers = true
        clock.setTimeout(endCall, LAST_EVENTS, true)
      },
      closed() {
        listener.callEnded.delete(leaveWhenOver)
        endSessions()
        parts.over(link)
      },
    },
    { clock, commandTimeout, maxFrameBytes: parts.maxFrameBytes, greeted: false },
  )
  const subscriptions = createSubscriptions(link)
  const leaveWhenOver = (): void => {
    if (expected === 0 && mine().length === 0) void link.exit()
  }

  try {
    const { head } = await link.command('connect').catch((error: unknown) => {
      // Whoever does not answer the first command is not given the time to take leave.
      link.destroy()
      throw error
    })
    const data = createEvent(`${head}\n`, 'plain')
    await requireFull(clock, data)
    const uuid = data.uuid ?? ''
    channel = uuid
    catchUp.hold(uuid)
    node = await parts.node(link, subscriptions, data)
    // Pipelined; the filters first, or the events of all calls come.
    await Promise.all([
      link.command(`linger ${requireSeconds('linger', linger)}`),
      ...filtersOf(uuid).map((filter) => link.command(filter)),
      subscriptions.add(events),
    ])
    listener.callEnded.add(leaveWhenOver)
    const known = listener.tables.sessions.get(uuid)
    if (known) await requireHandedOverAgain(known, channels)
    channels.set(node, data)
    takeOver(known, node)
    const names = known && hasParked(known, data) ? [] : ['CHANNEL_PARK']
    link.insert(catchUp.found(uuid, data, { names, within: PARK_TELLS }))
    const expect = (originated: string): (() => void) => {
      expected++
      const commands = [`filter Unique-ID ${originated}`, ...(lingers ? [] : ['linger'])]
      for (const command of commands) link.command(command).catch(nothing)
      return () => {
        expected--
        leaveWhenOver()
      }
    }
    return { link, subscriptions, core: data.get('Core-UUID'), expect, lingers: () => lingers }
  } catch (error) {
    void link.exit()
    throw error
  }
}
