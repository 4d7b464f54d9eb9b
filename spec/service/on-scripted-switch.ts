import { expect } from 'vitest'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Client } from '../../lib/service/client.ts'
import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'
import { eventFrame, letIn, reply, response, serveMemory, type Peer } from '../link/peer.ts'

/** A client of a switch that says what it is told to say: for orders of events that no switch can be brought to. */
export interface Scripted {
  readonly clock: VirtualClock
  readonly client: Client
  readonly failures: AppFailure[]
  /** The commands that came so far. */
  readonly commands: string[]
  /** Has the switch say this, in one piece; resolves a millisecond later, when all of it was taken in. */
  say(...frames: string[]): Promise<void>
  readonly peer: Peer
}

export interface ScriptedOptions extends ConnectOptions {
  /** What the switch answers a command with; undefined for the usual. */
  readonly answer?: (command: string) => string | undefined
}

/** `+OK` to all that is asked. */
const usual = (command: string): string => {
  if (command.startsWith('api ')) return response('+OK\n')
  const job = /^bgapi .*\nJob-UUID: (.*)/.exec(command)?.[1]
  return job === undefined ? reply('+OK') : reply(`+OK Job-UUID: ${job}`, `Job-UUID: ${job}`)
}

/** Refuses what is asked of its sessions. */
export const refusing = (command: string): string | undefined => {
  if (command.startsWith('api')) return response('-ERR refused\n')
  return command.startsWith('sendmsg') ? reply('-ERR refused') : undefined
}

let microseconds = 1_767_225_600_000_000

/** An event of a channel, with what every one has. Each is 20 ms after the one before. */
export const channelEvent = (name: string, uuid: string, headers: Record<string, string> = {}): string =>
  eventFrame(
    `Event-Name: ${name}`,
    `Event-Date-Timestamp: ${(microseconds += 20_000)}`,
    `Unique-ID: ${uuid}`,
    ...Object.entries({ 'Call-Direction': 'inbound', ...headers }).map(([key, value]) => `${key}: ${value}`),
  )

/** A BACKGROUND_JOB with that output. */
export const jobEvent = (jobUuid: string, output: string): string => {
  const text = `Event-Name: BACKGROUND_JOB\nJob-UUID: ${jobUuid}\nContent-Length: ${output.length}\n\n${output}`
  return `Content-Length: ${text.length}\nContent-Type: text/event-plain\n\n${text}`
}

/** The Job-UUID that a `bgapi` command came with. */
export const jobUuidOf = (command: string | undefined): string =>
  /\nJob-UUID: (.*)/.exec(command ?? '')?.[1] ?? ''

/** Runs a spec with a client of a scripted switch, while the clock runs; nothing may be left then. */
export const onScriptedSwitch = async (
  run: (at: Scripted) => Promise<void>,
  { answer = () => undefined, ...options }: ScriptedOptions = {},
): Promise<void> => {
  const clock = virtualClock()
  const failures: AppFailure[] = []
  const commands: string[] = []
  const peers: Peer[] = []
  const script = letIn(async (peer) => {
    peers.push(peer)
    for (;;) {
      const command = await peer.next()
      commands.push(command)
      peer.write(answer(command) ?? usual(command))
      if (command === 'exit') peer.end()
    }
  })
  const body = async (): Promise<void> => {
    const target = { host: 'scripted', port: 8021, clock, connect: serveMemory(clock, script) }
    await using client = await connect(target, { onAppError: (each) => failures.push(each), ...options })
    const [peer] = peers as [Peer]
    const say = async (...frames: string[]): Promise<void> => {
      peer.write(frames.join(''))
      await new Promise<void>((resolve) => clock.setTimeout(resolve, 1))
    }
    await run({ clock, client, failures, commands, say, peer })
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}
