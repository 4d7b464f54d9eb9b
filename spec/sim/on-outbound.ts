import { memory } from '../../lib/link/memory.ts'
import type { Transport } from '../../lib/link/transport.ts'
import { simulate, type EmbeddedSwitch, type SimulateOptions } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'
import { openClient, type Client } from './on-switch.ts'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { readWire, type Wire } from './recording.ts'

/** The application at the other end of a connection that the switch has opened. */
export interface OutboundClient {
  /** Sends a command, lets 5 ms pass, gives everything that came since. */
  say(command: string): Promise<string>
  text(): string
  wire(): Wire
  /** Closes its end. */
  end(): void
  closed(): boolean
}

interface Stage {
  readonly clock: VirtualClock
  readonly sim: EmbeddedSwitch
  /** A connection that listens to everything. */
  readonly watcher: Client
  /** Connections that the switch has opened. */
  readonly connections: OutboundClient[]
  /** Where the switch has tried to connect. */
  readonly tried: string[]
}

const createOutboundClient = (clock: VirtualClock, transport: Transport) => {
  let bytes = Buffer.alloc(0)
  let over = false
  const text = (): string => bytes.toString('utf8')
  const client: OutboundClient = {
    async say(command) {
      const from = text().length
      transport.write(`${command}\n\n`)
      await clock.advance(5)
      return text().slice(from)
    },
    text,
    wire: () => readWire(bytes),
    end: () => transport.end(),
    closed: () => over,
  }
  return {
    client,
    handlers: {
      data: (chunk: Buffer) => void (bytes = Buffer.concat([bytes, chunk])),
      close: () => void (over = true),
    },
  }
}

/** An embedded switch in virtual time, whose calls find an application at port 8084, and nobody elsewhere. */
export const onOutbound = async (
  run: (stage: Stage) => Promise<void>,
  options: SimulateOptions = {},
): Promise<void> => {
  const clock = virtualClock()
  const connections: OutboundClient[] = []
  const tried: string[] = []
  await using sim = await simulate({
    ...LIKE_RECORDED,
    transport: 'memory',
    seed: 1,
    ...options,
    clock,
    outbound: (host, port) => {
      tried.push(`${host}:${port}`)
      if (port !== 8084) return undefined
      return memory(clock, (transport) => {
        const { client, handlers } = createOutboundClient(clock, transport)
        connections.push(client)
        return handlers
      })
    },
  })
  const watcher = await openClient(sim, clock)
  await watcher.send('auth ClueCon')
  await watcher.send('event plain ALL')
  await run({ clock, sim, watcher, connections, tried })
}

/** Has the switch call itself, and hand the calling leg, once it is answered, over to an application. */
export const handOver = async (stage: Stage, how: string): Promise<OutboundClient> => {
  await stage.watcher.send(
    `bgapi originate {origination_uuid=a,origination_caller_id_number=100,my_var='hello world'}sofia/external/answer@127.0.0.5:5090 '&socket(127.0.0.1:8084${how})'`,
  )
  await stage.clock.advance(60)
  const client = stage.connections.at(-1)
  if (!client) throw new Error('the switch has not connected')
  return client
}
