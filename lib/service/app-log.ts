import debug from 'debug'
import { messageOf } from '../errors.ts'
import { MADE_UP } from '../esl/made-up.ts'
import type { EslEvent } from '../esl/event.ts'
import type { SessionState } from '../model/state.ts'

const log = debug('switchix:client')

/** An application that a channel has begun: `switch_app_log_t`, which `switch_core_session_exec` appends to. */
export interface AppLogEntry {
  readonly app: string
  /** In milliseconds since the epoch. */
  readonly at: number
}

interface MediaStats {
  readonly response?: {
    readonly channelData?: {
      readonly app_log?: { readonly applications?: readonly { app_name: string; app_stamp: string }[] }
    }
  }
}

/** Everything that a channel has run so far; undefined where the switch does not tell. */
export const readAppLog = async ({ uuid, node }: SessionState): Promise<AppLogEntry[] | undefined> => {
  const request = JSON.stringify({ command: 'mediaStats', data: { uuid, channelData: true } })
  try {
    const { response } = JSON.parse(await node.commands.api(`json ${request}`)) as MediaStats
    return response?.channelData?.app_log?.applications?.map(({ app_name, app_stamp }) => ({
      app: app_name,
      at: Number(app_stamp) / 1000,
    }))
  } catch (error) {
    log('%s: the app log of %s: %s', node.name, uuid, messageOf(error))
    return undefined
  }
}

/** The log's clock is finer than that of the events, which advances in steps of 20 ms. */
const STEP_MS = 40

const isComplete = (event: EslEvent, app: string): boolean =>
  event.name === 'CHANNEL_EXECUTE_COMPLETE' && event.get('Application') === app

/**
 * How many runs of an application the log has more than its session has seen the end of; undefined where that cannot be known,
 * for the session does not know all that the channel did.
 */
export const runsUnseen = (
  { hub }: SessionState,
  entries: readonly AppLogEntry[],
  app: string,
): number | undefined => {
  const first = hub.items.find((event) => !event.has(MADE_UP))
  if (!first || hub.dropped > 0) return undefined
  const begun = entries.filter((entry) => entry.app === app && entry.at >= first.time - STEP_MS)
  return begun.length - hub.items.filter((event) => isComplete(event, app)).length
}
