import debug from 'debug'
import { suggestion } from '../app/validate.ts'
import { isEventName, type EventName } from '../esl/event-names.ts'
import { ArgumentError, ConnectionLostError } from '../errors.ts'
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
  // Keys are pressed before a flow asks for them.
  'DTMF',
] as const

/** The events that one connection has asked for. */
export interface Subscriptions {
  /** Resolves when the switch sends all of these. */
  add(names: readonly string[]): Promise<void>
  /**
   * Asks for those that nobody had asked for yet, and says so: a flow waits for them. Throws ArgumentError for a name that
   * no event has.
   */
  want(names: readonly EventName[]): void
  has(name: EventName): boolean
  /** Asks for all of them again, on another connection. */
  renew(commands: Commands): Promise<void>
}

const FOR_EVER = { timeout: Infinity }

/** `patient` where `commands` wait for a connection that is away; once it is closed for good they must not say lost. */
export const createSubscriptions = (commands: Commands, patient = false): Subscriptions => {
  /** What was asked for, and the switch's answer. */
  const asked = new Map<string, Promise<void>>()

  /** Where the connection comes back, it is asked for again then, however long that takes. */
  const send = (names: readonly string[]): Promise<void> =>
    !patient
      ? commands.event('plain', names)
      : commands.event('plain', names, FOR_EVER).catch((error: unknown) => {
          if (error instanceof ConnectionLostError) return send(names)
          throw error
        })

  const ask = (names: readonly string[]): void => {
    const answer = send(names)
    for (const name of names) asked.set(name, answer)
    answer.catch(() => {
      for (const name of names) asked.delete(name)
    })
  }

  const add = async (wanted: readonly string[]): Promise<void> => {
    const missing = [...new Set(wanted)].filter((name) => !asked.has(name))
    if (missing.length > 0) ask(missing)
    await Promise.all(wanted.map((name) => asked.get(name) ?? Promise.resolve()))
  }

  return {
    add,
    renew: (other) => (asked.size === 0 ? Promise.resolve() : other.event('plain', [...asked.keys()])),
    has: (name) => asked.has(name),
    want(wanted) {
      for (const name of wanted) {
        if (asked.has(name)) continue
        if (!isEventName(name))
          throw new ArgumentError(`expected the name of an event, got "${name as string}"${suggestion(name)}`)
        log(
          'a flow waits for %s, which nobody had subscribed to; asking for it now (see App.subscribe)',
          name,
        )
        add([name]).catch((error: unknown) => log('%s: %O', name, error))
      }
    },
  }
}
