import { requireSeconds } from '../esl/encode/number.ts'
import { requireUuid } from '../esl/encode/uuid.ts'
import { sleep, type Clock } from '../clock.ts'
import { CommandError } from '../errors.ts'
import { createEvent, type EslEvent } from '../esl/event.ts'
import { openLink, type Link } from '../link/inbound.ts'
import type { Connect } from '../link/transport.ts'
import { createCatchUp } from '../listener/catch-up.ts'
import type { Listener } from '../listener/listener.ts'
import type { Node } from '../model/node.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

/** A call that the switch handed over to us, and its connection. */
export interface HandedOver {
  readonly link: Link
  readonly subscriptions: Subscriptions
  /** The Core-UUID of its switch. */
  readonly core: string
}

export interface HandOverParts {
  readonly connect: Connect
  readonly clock: Clock
  readonly commandTimeout: number | undefined
  /** How long the switch keeps the connection after the end of the channel, in ms. */
  readonly linger: number
  readonly listener: Listener
  /** The events that the apps and the verbs need. */
  readonly events: readonly string[]
  /** What the sessions of this connection are on. */
  readonly node: (link: Link, subscriptions: Subscriptions, data: EslEvent) => Promise<Node>
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
  const { connect, clock, commandTimeout, linger, listener, events } = parts
  let node: Node | undefined

  const dispatch = (event: EslEvent): (() => void) | undefined => {
    const known = event.uuid === undefined ? undefined : listener.tables.sessions.get(event.uuid)
    // Another connection tells of it, too.
    return known && known.node !== node ? undefined : listener.dispatch(event, node)
  }
  const catchUp = createCatchUp(listener, dispatch)

  const mine = () => [...listener.tables.sessions.values()].filter((state) => state.node === node)
  const endSessions = (): void => {
    for (const state of mine()) link.insert(listener.lose(state))
  }

  const link = await openLink(
    connect,
    {
      event: (event) => catchUp.event(event),
      lingers: () => void clock.setTimeout(endSessions, LAST_EVENTS, true),
      closed() {
        listener.callEnded.delete(leaveWhenOver)
        endSessions()
        parts.over(link)
      },
    },
    { clock, commandTimeout, greeted: false },
  )
  const subscriptions = createSubscriptions(link)
  const leaveWhenOver = (): void => {
    if (mine().length === 0) void link.exit()
  }

  try {
    const { head } = await link.command('connect')
    const data = createEvent(`${head}\n`, 'plain')
    await requireFull(clock, data)
    const uuid = data.uuid ?? ''
    catchUp.hold(uuid)
    node = await parts.node(link, subscriptions, data)
    // Pipelined; the filters first, or the events of all calls come.
    await Promise.all([
      link.command(`linger ${requireSeconds('linger', linger)}`),
      ...filtersOf(uuid).map((filter) => link.command(filter)),
      subscriptions.add(events),
    ])
    listener.callEnded.add(leaveWhenOver)
    link.insert(catchUp.found(uuid, data, { names: ['CHANNEL_PARK'], within: PARK_TELLS }))
    return { link, subscriptions, core: data.get('Core-UUID') }
  } catch (error) {
    void link.exit()
    throw error
  }
}
