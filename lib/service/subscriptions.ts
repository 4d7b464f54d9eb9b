import debug from 'debug'
import type { Commands } from '../link/commands.ts'

const log = debug('switchix:subscriptions')

/** What the session, call and job tables and the verbs live on; always subscribed. */
export const BASE_EVENTS = [
  'BACKGROUND_JOB',
  'CHANNEL_CREATE',
  'CHANNEL_PROGRESS',
  'CHANNEL_PROGRESS_MEDIA',
  'CHANNEL_ANSWER',
  'CHANNEL_PARK',
  'CHANNEL_BRIDGE',
  'CHANNEL_UNBRIDGE',
  'CHANNEL_EXECUTE_COMPLETE',
  'CHANNEL_HANGUP',
  'CHANNEL_DESTROY',
  'CHANNEL_UUID',
] as const

/** The events that one connection has asked for. */
export interface Subscriptions {
  /** Resolves when the switch sends all of these. */
  add(names: readonly string[]): Promise<void>
  /** Asks for those that nobody had asked for yet, and says so: a flow waits for them. */
  want(names: readonly string[]): void
}

export const createSubscriptions = (commands: Commands): Subscriptions => {
  const names = new Set<string>()

  const add = async (wanted: readonly string[]): Promise<void> => {
    const missing = wanted.filter((name) => !names.has(name))
    if (missing.length === 0) return
    for (const name of missing) names.add(name)
    try {
      await commands.event('plain', missing)
    } catch (error) {
      for (const name of missing) names.delete(name)
      throw error
    }
  }

  return {
    add,
    want(wanted) {
      for (const name of wanted) {
        if (names.has(name)) continue
        log(
          'a flow waits for %s, which nobody had subscribed to; asking for it now (see App.subscribe)',
          name,
        )
        add([name]).catch((error: unknown) => log('%s: %O', name, error))
      }
    },
  }
}
