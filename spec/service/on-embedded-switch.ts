import { expect } from 'vitest'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Session } from '../../lib/model/session.ts'
import type { Client, ClientApp, OriginateOptions } from '../../lib/service/client.ts'
import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch, type SimulateOptions } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'

/** A client of an embedded switch, in virtual time. */
export interface Embedded {
  readonly clock: VirtualClock
  readonly sim: EmbeddedSwitch
  readonly client: Client
  /** What was reported of the apps. */
  readonly failures: AppFailure[]
}

export interface EmbeddedOptions extends ConnectOptions {
  readonly sim?: SimulateOptions
}

/** Who is called here: the switch itself, where every call is parked. */
export const ITSELF = 'park@127.0.0.1:5080'

/**
 * Runs a spec with a client of an embedded switch while the clock runs, and closes both. Nothing may be left then that
 * would still run.
 */
export const onEmbeddedSwitch = async (
  run: (at: Embedded) => Promise<void>,
  { sim: simOptions, ...options }: EmbeddedOptions = {},
): Promise<void> => {
  const clock = virtualClock()
  const failures: AppFailure[] = []
  const body = async (): Promise<void> => {
    await using sim = await simulate({ seed: 1, ...simOptions, clock, transport: 'memory' })
    await using client = await connect(sim, { onAppError: (each) => failures.push(each), ...options })
    await run({ clock, sim, client, failures })
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}

/** Answers every call that comes in. */
export const answering = (): ClientApp => ({
  name: 'Answering',
  on: {
    CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined),
  },
})

/** Places a call to the switch itself; gives both legs once it is answered (see `answering`). */
export const call = async (
  client: Client,
  options?: OriginateOptions,
): Promise<{ caller: Session; called: Session }> => {
  const caller = await client.originate(ITSELF, options)
  const called = caller.peer
  if (!called) throw new Error('the call has only one leg')
  return { caller, called }
}
