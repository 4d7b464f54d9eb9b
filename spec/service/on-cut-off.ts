import { expect } from 'vitest'
import type { Clock } from '../../lib/clock.ts'
import { ConnectError } from '../../lib/errors.ts'
import type { Transport } from '../../lib/link/transport.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Client, StateChange } from '../../lib/service/client.ts'
import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch, type SimulateOptions } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'

/** The way to a switch, which can be cut. */
export interface Wire {
  readonly target: { host: string; port: number; clock: Clock; connect: EmbeddedSwitch['connect'] }
  /** What is at its other end; another one after a restart, `undefined` while nothing listens there. */
  sim: EmbeddedSwitch | undefined
  /** Ends the connections that there are. */
  cut(): void
  /** Lets nothing through any more in either direction, and says nothing: a connection that is open at one end. */
  silent: boolean
  /** How often somebody tried to connect. */
  readonly attempts: number
  /** What was sent over it. */
  readonly sent: string[]
}

export const wireTo = (sim: EmbeddedSwitch, name = 'cut-off'): Wire => {
  const transports = new Set<Transport>()
  const sent: string[] = []
  let attempts = 0
  const wire: Wire = {
    sim,
    silent: false,
    get attempts() {
      return attempts
    },
    sent,
    cut() {
      for (const transport of transports) transport.destroy()
      transports.clear()
    },
    target: {
      host: name,
      port: 8021,
      clock: sim.clock,
      async connect(handlers) {
        attempts++
        const there = wire.sim
        if (!there) throw new ConnectError('UNREACHABLE', name, `cannot connect to ${name}`)
        const transport = await there.connect({
          data(chunk) {
            if (!wire.silent) handlers.data(chunk)
          },
          close(error) {
            if (!wire.silent) handlers.close(error)
          },
        })
        transports.add(transport)
        return {
          ...transport,
          write(text) {
            if (wire.silent) return
            sent.push(text)
            transport.write(text)
          },
        }
      },
    },
  }
  return wire
}

export interface CutOff {
  readonly clock: VirtualClock
  readonly wire: Wire
  readonly client: Client
  readonly failures: AppFailure[]
  /** The states that it went through since it was connected. */
  readonly states: StateChange[]
  /** Resolves once the client is in that state. */
  until(state: Client['state']): Promise<StateChange>
}

export interface CutOffOptions extends ConnectOptions {
  readonly sim?: SimulateOptions
}

/** A number that looks random, the same in every run. */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Runs a spec with a client that connects again, of an embedded switch whose wire can be cut, in virtual time. */
export const onCutOff = async (
  run: (at: CutOff) => Promise<void>,
  { sim: simOptions, ...options }: CutOffOptions = {},
): Promise<void> => {
  const clock = virtualClock()
  const failures: AppFailure[] = []
  const states: StateChange[] = []
  const body = async (): Promise<void> => {
    await using sim = await simulate({ seed: 1, ...simOptions, clock, transport: 'memory' })
    const wire = wireTo(sim)
    await using client = await connect(wire.target, {
      onAppError: (each) => failures.push(each),
      reconnect: { random: seeded(1) },
      ...options,
    })
    client.onState((change) => states.push(change))
    const until = (state: Client['state']): Promise<StateChange> =>
      new Promise((resolve) => {
        const stop = client.onState((change) => {
          if (change.state !== state) return
          stop()
          resolve(change)
        })
      })
    await run({ clock, wire, client, failures, states, until })
    await wire.sim?.close()
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}
