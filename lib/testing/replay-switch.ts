import type { Clock } from '../clock.ts'
import { memory } from '../link/memory.ts'
import type { Connect, Transport } from '../link/transport.ts'
import { comparable, idOf, isHousekeeping, sessionOf } from './command-text.ts'
import type { GivenCommand } from './divergence.ts'
import { acceptCommands, eventFrame } from './frames.ts'
import { headerOf, nameOf, type RecordedEvent, type Recording } from './recording.ts'
import { createReplies } from './replay-replies.ts'
import { createSubscription } from './subscription.ts'

/** The switch of a recording: it says what was said, when it was said, as far as it is asked for; whatever it is told. */
export interface ReplaySwitch {
  readonly connect: Connect
  /** The commands that came, in order, without those of the client itself. */
  readonly commands: readonly GivenCommand[]
  /** How many of them were given to a session. */
  commandsTo(uuid: string): number
  /** Says everything that was recorded; resolves when the last word was said. */
  play(): Promise<void>
}

/**
 * How long (in ms of the recording) the switch waits for a command that was given before it says what came after it. An
 * app that does not give it has diverged; the recording goes on all the same.
 */
const PATIENCE = 50

/** Headers by which an event says which command it is about. */
const ID_HEADERS = ['Application-UUID', 'Job-UUID'] as const

/** Ids of a recording's commands, and what they are in this run. */
const createIdTable = ({ lines }: Recording) => {
  /** Those that are still to come, by what the command says. */
  const expected = new Map<string, string[]>()
  const ids = new Map<string, string>()
  for (const line of lines) {
    const id = 'command' in line ? idOf(line.command) : undefined
    if (!('command' in line) || id === undefined) continue
    const key = comparable(line.command)
    expected.set(key, [...(expected.get(key) ?? []), id])
  }
  return {
    note(command: string): void {
      const [id, was] = [idOf(command), expected.get(comparable(command))?.shift()]
      if (id !== undefined && was !== undefined) ids.set(was, id)
    },
    translate(event: RecordedEvent): RecordedEvent {
      const changed = ID_HEADERS.flatMap((name) => {
        const id = ids.get(headerOf(event, name) ?? '')
        return id === undefined ? [] : [[name, id] as const]
      })
      return changed.length === 0 ? event : { ...event, ...Object.fromEntries(changed) }
    },
  }
}

/** Makes the switch of a recording. Commands to its `sessions` are an app's, and are waited for. */
export const createReplaySwitch = (
  recording: Recording,
  clock: Clock,
  sessions: ReadonlySet<string>,
): ReplaySwitch => {
  const start = clock.now()
  const commands: GivenCommand[] = []
  const counts = new Map<string | undefined, number>()
  /** How often each was given. */
  const given = new Map<string, number>()
  const replyTo = createReplies(recording)
  const ids = createIdTable(recording)
  const subscription = createSubscription()
  /** The latest event of each session. */
  const latest = new Map<string | undefined, string>()
  let peer: Transport | undefined

  const take = (command: string): void => {
    subscription.note(command)
    if (!isHousekeeping(command)) {
      const t = Math.round((clock.now() - start) * 1000) / 1000
      const session = sessionOf(command, sessions)
      commands.push({ command, t, after: latest.get(session) })
      counts.set(session, (counts.get(session) ?? 0) + 1)
      const key = comparable(command)
      given.set(key, (given.get(key) ?? 0) + 1)
      ids.note(command)
    }
    peer?.write(replyTo(command))
    if (command === 'exit') peer?.end()
  }

  const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.setTimeout(resolve, ms))

  /** Waits until a command was given as often as it had been in the recording by now. */
  const awaitCommand = async (key: string, times: number): Promise<void> => {
    for (let waited = 0; (given.get(key) ?? 0) < times && waited < PATIENCE; waited++) await pause(1)
  }

  const connect = memory(clock, (transport) => {
    peer = transport
    return acceptCommands(transport, take, () => (peer = undefined))
  })

  return {
    connect,
    commands,
    commandsTo: (uuid) => counts.get(uuid) ?? 0,
    async play() {
      const begin = clock.now()
      const wanted = new Map<string, number>()
      for (const line of recording.lines) {
        if ('command' in line && sessionOf(line.command, sessions) !== undefined) {
          const key = comparable(line.command)
          wanted.set(key, (wanted.get(key) ?? 0) + 1)
          await awaitCommand(key, wanted.get(key) ?? 0)
        }
        if (!('event' in line)) continue
        const wait = begin + line.t - clock.now()
        if (wait > 0) await pause(wait)
        // As the real one: an app gets what it has asked for.
        if (!subscription.has(nameOf(line.event))) continue
        latest.set(headerOf(line.event, 'Unique-ID'), nameOf(line.event))
        peer?.write(eventFrame(ids.translate(line.event)))
      }
    },
  }
}
