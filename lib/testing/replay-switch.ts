import type { Clock } from '../clock.ts'
import { memory } from '../link/memory.ts'
import type { Connect, Transport } from '../link/transport.ts'
import type { Recording } from './recording.ts'
import { createReplies, eventId, isHousekeeping, withoutId } from './replay-replies.ts'

/** The switch of a recording: it says what was said, when it was said, whatever it is told. */
export interface ReplaySwitch {
  readonly connect: Connect
  /** The commands that came, in order, without those of the client itself. */
  readonly commands: readonly string[]
  /** Says everything that was recorded; resolves when the last word was said. */
  play(): Promise<void>
}

/**
 * How long (in ms of the recording) the switch waits for a command that was given before it says what came after it. An
 * app that does not give it has diverged; the recording goes on all the same.
 */
const PATIENCE = 50

/**
 * Makes the switch of a recording. Its events are told in json, which carries every header as it was. `isForApp` says
 * which commands are an app's.
 */
export const createReplaySwitch = (
  recording: Recording,
  clock: Clock,
  isForApp: (command: string) => boolean,
): ReplaySwitch => {
  const commands: string[] = []
  const replyTo = createReplies(recording)
  /** Ids of the recorded commands that are still to come, by what the command says. */
  const expected = new Map<string, string[]>()
  /** Ids of the recording, and what they are in this run. */
  const ids = new Map<string, string>()
  let peer: Transport | undefined

  for (const line of recording.lines) {
    const id = 'command' in line ? eventId(line.command) : undefined
    if (!('command' in line) || id === undefined) continue
    const key = withoutId(line.command)
    expected.set(key, [...(expected.get(key) ?? []), id])
  }

  const take = (command: string): void => {
    if (!isHousekeeping(command)) {
      commands.push(command)
      const id = eventId(command)
      const was = expected.get(withoutId(command))?.shift()
      if (id !== undefined && was !== undefined) ids.set(was, id)
    }
    peer?.write(replyTo(command))
    if (command === 'exit') peer?.end()
  }

  const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.setTimeout(resolve, ms))

  /** Waits until a command was given as often as it had been in the recording by now. */
  const awaitCommand = async (key: string, times: number): Promise<void> => {
    const given = (): number => commands.filter((command) => withoutId(command) === key).length
    for (let waited = 0; given() < times && waited < PATIENCE; waited++) await pause(1)
  }

  const say = (event: Readonly<Record<string, unknown>>): void => {
    const was = event['Application-UUID']
    const id = typeof was === 'string' ? ids.get(was) : undefined
    const text = JSON.stringify(id === undefined ? event : { ...event, 'Application-UUID': id })
    peer?.write(`Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-json\n\n${text}`)
  }

  const connect = memory(clock, (transport) => {
    let pending = ''
    peer = transport
    transport.write('Content-Type: auth/request\n\n')
    return {
      data(chunk) {
        const parts = (pending + chunk.toString('utf8')).split('\n\n')
        pending = parts.pop() ?? ''
        parts.filter((part) => part !== '').forEach(take)
      },
      close: () => (peer = undefined),
    }
  })

  return {
    connect,
    commands,
    async play() {
      const start = clock.now()
      const given = new Map<string, number>()
      for (const line of recording.lines) {
        if ('command' in line && isForApp(line.command)) {
          const key = withoutId(line.command)
          given.set(key, (given.get(key) ?? 0) + 1)
          await awaitCommand(key, given.get(key) ?? 0)
        }
        if (!('event' in line)) continue
        const wait = start + line.t - clock.now()
        if (wait > 0) await pause(wait)
        say(line.event)
      }
    },
  }
}
