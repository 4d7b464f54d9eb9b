import type { Transport } from '../../lib/link/transport.ts'
import { simulate, type EmbeddedSwitch, type SimulateOptions } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'
import { readWire, type Wire } from './recording.ts'

/** A connection to an embedded switch in virtual time. */
export interface Client {
  readonly clock: VirtualClock
  readonly sim: EmbeddedSwitch
  /** Sends a command and lets 5 ms pass. Gives the reply. */
  send(command: string): Promise<string>
  /** Sends, without waiting. */
  write(text: string): void
  /** Everything that came so far. */
  wire(): Wire
  /** The bytes of it. */
  text(): string
  /** The uuid of a leg, by its letter. */
  uuid(leg: string): string
  closed(): boolean
}

/** Opens a connection; `command` headers go behind a newline, the blank line comes by itself. */
export const openClient = async (sim: EmbeddedSwitch, clock: VirtualClock): Promise<Client> => {
  let bytes = Buffer.alloc(0)
  let closed = false
  const transport: Transport = await sim.connect({
    data: (chunk) => (bytes = Buffer.concat([bytes, chunk])),
    close: () => (closed = true),
  })
  const wire = (): Wire => readWire(bytes)
  const send = async (command: string): Promise<string> => {
    transport.write(`${command}\n\n`)
    await clock.advance(5)
    return wire().replies.at(-1) ?? ''
  }
  await clock.advance(1)
  return {
    clock,
    sim,
    send,
    write: (text) => transport.write(text),
    wire,
    text: () => bytes.toString('utf8'),
    uuid(leg) {
      const event = wire().events.find((one) => one.leg === leg)
      return event?.headers.find(([name]) => name === 'Unique-ID')?.[1] ?? ''
    },
    closed: () => closed,
  }
}

/** Starts an embedded switch in virtual time and gives `run` a connection that is in, and listens to `events`. */
export const onSwitch = async (
  run: (client: Client) => Promise<void>,
  options: SimulateOptions = {},
  events = 'ALL',
): Promise<void> => {
  const clock = virtualClock()
  await using sim = await simulate({ transport: 'memory', seed: 1, ...options, clock })
  const client = await openClient(sim, clock)
  await client.send('auth ClueCon')
  if (events !== '') await client.send(`event plain ${events}`)
  await run(client)
}
