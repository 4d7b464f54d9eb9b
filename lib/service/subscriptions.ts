import debug from 'debug'
import type { EventName } from '../esl/event-names.ts'
import { filterLine, unfilterLine } from '../esl/encode/event-system.ts'
import { requireEventName } from '../esl/subscribable.ts'
import { ConnectionLostError } from '../errors.ts'
import { requireOk } from '../link/answers.ts'
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
  /** Resolves when the switch sends all of these. Rejects with ArgumentError for a name that no event has. */
  add(names: readonly string[]): Promise<void>
  /**
   * Asks for those that nobody had asked for yet, and says so: a flow waits for them. Throws ArgumentError for a name that
   * no event has.
   */
  want(names: readonly EventName[]): void
  has(name: EventName): boolean
  /** Has only events sent that match one of the filters. */
  filter(header: string, value: string): Promise<void>
  /** Removes a filter; without a value, all of that header. */
  unfilter(header: string, value?: string): Promise<void>
  /** Asks for all of them again, on another connection. */
  renew(commands: Commands): Promise<void>
}

/** A subscription that is not an event: to all types, and all subclasses. */
const EVERYTHING = 'ALL'

const FOR_EVER = { timeout: Infinity }

/** `patient` where `commands` wait for a connection that is away; once it is closed for good they must not say lost. */
export const createSubscriptions = (commands: Commands, patient = false): Subscriptions => {
  /** What was asked for, and the switch's answer. */
  const asked = new Map<string, Promise<void>>()

  /** By their lines. */
  const filters = new Map<string, readonly [header: string, value: string]>()

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
    for (const name of wanted) if (name !== EVERYTHING) requireEventName(name)
    const missing = [...new Set(wanted)].filter((name) => !asked.has(name))
    if (missing.length > 0) ask(missing)
    await Promise.all(wanted.map((name) => asked.get(name) ?? Promise.resolve()))
  }

  /** Sets the filters, and remembers them once the switch has. */
  const setFilters = async (line: string, change: () => void): Promise<void> => {
    requireOk(line, await commands.command(line))
    change()
  }

  return {
    add,
    async renew(other) {
      if (asked.size > 0) await other.event('plain', [...asked.keys()])
      for (const line of filters.keys()) requireOk(line, await other.command(line))
    },
    filter: async (header, value) => {
      const line = filterLine(header, value)
      await setFilters(line, () => filters.set(line, [header, value]))
    },
    unfilter: async (header, value) =>
      setFilters(unfilterLine(header, value), () => {
        for (const [line, [name, text]] of filters)
          if (name === header && (value === undefined || value === text)) filters.delete(line)
      }),
    has: (name) => asked.has(name) || asked.has(EVERYTHING),
    want(wanted) {
      for (const name of wanted) {
        if (asked.has(name) || asked.has(EVERYTHING)) continue
        requireEventName(name)
        log(
          'a flow waits for %s, which nobody had subscribed to; asking for it now (see App.subscribe)',
          name,
        )
        add([name]).catch((error: unknown) => log('%s: %O', name, error))
      }
    },
  }
}
