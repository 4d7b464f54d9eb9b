import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { simulate, type SimulateOptions } from '../../lib/sim/simulate.ts'
import type { Client } from '../../lib/service/client.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { expect } from 'vitest'

export interface TwoLegs extends ConnectOptions {
  readonly switch?: SimulateOptions
  /** How many calls, one after the other. Default 1. */
  readonly calls?: number
  /** The number that is called. */
  readonly to?: string
  /** How long a call goes on once it is answered, in ms of the virtual clock. */
  readonly hold?: number
  /** What to do with the client before the first call. */
  prepare?(client: Client): Promise<unknown>
}

/**
 * Calls an embedded switch from itself, in virtual time: the inbound leg is answered unless an app has hung it up, both
 * are held for a while, then hung up. Nothing is left: no session, no timer.
 */
export const onTwoLegs = async ({
  switch: options,
  calls = 1,
  to = 'park',
  hold = 1000,
  prepare,
  ...connecting
}: TwoLegs): Promise<void> => {
  const clock = virtualClock()
  const sw = await simulate({ ...options, clock, transport: 'memory', seed: 1 })
  const run = async (): Promise<void> => {
    const client = await connect(sw, { ...connecting, clock })
    await prepare?.(client)
    for (let n = 0; n < calls; n++) {
      const job = client.originate(`${to}@127.0.0.1:5080`)
      await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), 100))
      await job.session?.peer?.answer().catch(() => undefined)
      const caller = await job.catch(() => undefined)
      await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), hold))
      await caller?.hangup()
      await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), 1000))
    }
    expect([client.countSessions(), client.countCalls(), client.countJobs()]).toEqual([0, 0, 0])
    await client.close()
  }
  try {
    await clock.run(run())
  } finally {
    await clock.run(sw.close())
  }
  await clock.run()
  expect(clock.pending).toBe(0)
}
