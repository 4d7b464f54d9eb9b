import { expect } from 'vitest'
import { memory, type Accept } from '../../lib/link/memory.ts'
import type { Connect } from '../../lib/link/transport.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Client, ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { listen, type ListenOptions, type OutboundServer } from '../../lib/service/listen.ts'
import { simulate, type EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'

export interface Outbound {
  readonly clock: VirtualClock
  readonly sim: EmbeddedSwitch
  readonly server: OutboundServer
  /** A client of the switch, with which calls are placed. */
  readonly caller: Client
  readonly failures: AppFailure[]
  readonly refused: unknown[]
  /** Opens a connection to the server, as a switch does; or as somebody else. */
  readonly dial: Connect
}

/** Runs a spec with an embedded switch that hands every call over to a server with these apps, in virtual time. */
export const onOutbound = async (
  apps: ClientApp | readonly ClientApp[],
  run: (at: Outbound) => Promise<void>,
  { arg = '127.0.0.1:8084 async full', ...options }: { arg?: string } & Partial<ListenOptions> = {},
): Promise<void> => {
  const clock = virtualClock()
  const failures: AppFailure[] = []
  const refused: unknown[] = []
  let accept: Accept | undefined
  const body = async (): Promise<void> => {
    const server = await listen(
      {
        port: 8084,
        clock,
        onAppError: (each) => failures.push(each),
        onRefused: (error) => refused.push(error),
        ...options,
        server(theirs) {
          accept = theirs
          return Promise.resolve({ port: 8084, close: () => (accept = undefined) })
        },
      },
      apps,
    )
    await using sim = await simulate({
      clock,
      transport: 'memory',
      seed: 1,
      outbound: () => accept && memory(clock, accept),
      dialplan: ({ destination }) =>
        destination === 'parked'
          ? [{ app: 'park' }]
          : [
              { app: 'socket', arg },
              { app: 'hangup', arg: 'CALL_REJECTED' },
            ],
    })
    await using caller = await connect(sim)
    const dial: Connect = (handlers) => {
      if (!accept) throw new Error('nobody listens')
      return memory(clock, accept)(handlers)
    }
    await run({ clock, sim, server, caller, failures, refused, dial })
    await server.close()
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}
