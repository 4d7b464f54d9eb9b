import { channelApi } from '../esl/encode/uuid.ts'
import debug from 'debug'
import { ApiError, ArgumentError, messageOf } from '../errors.ts'
import { plainEvent } from '../esl/made-up.ts'
import type { Link } from '../link/inbound.ts'
import type { CatchUp } from '../listener/catch-up.ts'
import type { Listener } from '../listener/listener.ts'
import type { SessionState } from '../model/state.ts'
import { settleVerbs, type PendingVerbs } from './pending-verbs.ts'

const log = debug('switchix:client')

/** What a client found when its switch was back. */
export interface Resynchronised {
  /** Sessions that are still up. */
  readonly kept: number
  /** Sessions that ended meanwhile, nobody knows how. */
  readonly lost: number
  /** Channels that appeared meanwhile, and are sessions now. */
  readonly found: number
  /** The switch was started anew (its Core-UUID is another one). */
  readonly restarted: boolean
}

/** How many dumps are asked for at once: the switch reads and answers them one after the other. */
const AT_ONCE = 50

const eachOf = async <T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> => {
  for (let i = 0; i < items.length; i += AT_ONCE) await Promise.all(items.slice(i, i + AT_ONCE).map(run))
}

/** The uuids of all channels. The switch writes what `show` reads a moment later than it does the thing itself. */
const listChannels = async (link: Link): Promise<string[]> => {
  const text = await link.api('show channels as json')
  try {
    const { rows = [] } = JSON.parse(text) as { rows?: { uuid: string }[] }
    return rows.map(({ uuid }) => uuid)
  } catch (error) {
    log('%s: "show channels as json" is not JSON: %s', link.peer, messageOf(error))
    return []
  }
}

/** The switch's own id, another one each time that it is started. */
export const coreUuid = async (link: Link): Promise<string> =>
  (await link.api('global_getvar core_uuid')).trim()

export interface ResynchroniseOptions {
  readonly link: Link
  readonly listener: Listener
  readonly catchUp: CatchUp
  /** Has the switch send its events again. */
  readonly subscribe: () => Promise<void>
  /** What the verbs of its sessions were waiting for when the connection was lost. */
  readonly pending: ReadonlyMap<SessionState, PendingVerbs>
  /** The Core-UUID from before. */
  readonly core: string
}

/**
 * Brings the sessions of a client up to date over a new connection: by `uuid_dump` of each, those that are gone end, those
 * that are up get the events that they missed; by `show channels`, those that appeared meanwhile become sessions. Rejects
 * with whatever its commands reject with, and then wants to be done again. `core` is the switch's Core-UUID now.
 */
export const resynchronise = async (
  options: ResynchroniseOptions,
): Promise<{ readonly found: Resynchronised; readonly core: string }> => {
  const { link, listener, catchUp, subscribe, pending } = options
  const { sessions } = listener.tables
  const known = [...sessions.values()]
  for (const { uuid } of known) catchUp.hold(uuid)
  // From here on events come; those of the sessions wait for their dumps.
  await subscribe()
  const core = await coreUuid(link)
  let kept = 0
  let lost = 0
  let found = 0

  const lookAt = async (uuid: string, state?: SessionState): Promise<void> => {
    try {
      // Without a format: `plain` is the one that is not encoded (`uuid_dump_function` in mod_commands.c).
      const dump = plainEvent(await link.api(channelApi('uuid_dump', uuid)))
      link.insert(catchUp.found(uuid, dump))
      const verbs = state && pending.get(state)
      if (verbs) settleVerbs({ insert: link.insert, send: link.sendmsg, listener, state, verbs })
      if (state) kept++
      else found++
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof ArgumentError)) throw error
      if (state && !state.hungup) lost++
      link.insert(catchUp.gone(uuid))
    }
  }

  await eachOf(known, (state) => lookAt(state.uuid, state))
  const news = (await listChannels(link)).filter((uuid) => !sessions.has(uuid))
  for (const uuid of news) catchUp.hold(uuid)
  await eachOf(news, (uuid) => lookAt(uuid))
  return { found: { kept, lost, found, restarted: core !== options.core }, core }
}
