import { describe, expect, test } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { createOriginator, type Originator } from '../../lib/dial/originator.ts'
import type { OriginatorOptions } from '../../lib/dial/options.ts'
import type { Client } from '../../lib/service/client.ts'
import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { wireTo, type Wire } from '../service/on-cut-off.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'

interface Two {
  readonly clock: VirtualClock
  readonly switches: readonly EmbeddedSwitch[]
  readonly clients: readonly Client[]
  /** The ways to them. */
  readonly wires: readonly Wire[]
  readonly originator: Originator
  readonly running: Promise<void>
  close(): Promise<void>
}

/** Two switches, and a run on both. */
const createTwo = async (options: OriginatorOptions, connecting: ConnectOptions = {}): Promise<Two> => {
  const clock = virtualClock()
  const open = (seed: number): Promise<EmbeddedSwitch> =>
    simulate({
      clock,
      transport: 'memory',
      seed,
      profiles: [{ name: 'external', host: '127.0.0.1', port: 5080 + seed }],
    })
  const switches = [await open(0), await open(1)]
  const wires = switches.map((sw, i) => wireTo(sw, `switch-${i}`))
  const clients = await clock.run(
    Promise.all(wires.map(({ target }) => connect(target, { clock, ...connecting }))),
  )
  const originator = await clock.run(createOriginator(clients, { app: () => tonePlay(), clock, ...options }))
  const drain = async (): Promise<void> => {
    for await (const { active } of originator.run()) expect(active).toBeGreaterThanOrEqual(0)
  }
  return {
    clock,
    switches,
    clients,
    wires,
    originator,
    running: drain(),
    async close() {
      await clock.run(originator.close())
      for (const client of clients) await clock.run(client.close())
      for (const sw of switches) await clock.run(sw.close())
      await clock.run()
    },
  }
}

const first = <T>(list: readonly T[]): T => list[0] as T

describe('a node that is lost in the middle of a run', () => {
  test('ends its calls, as lost; the other carries on with all of the load', async () => {
    const two = await createTwo({ rate: 10, maxOffered: 60, duration: 1000 })
    await two.clock.advance(2050)
    await two.clock.run(first(two.switches).close())
    await two.clock.run(two.running)
    const { offered, launched, answered, failed, causes, nodes, warnings } = two.originator.summary()
    const [lost, other] = nodes
    expect({ offered, launched }).toEqual({ offered: 60, launched: 60 })
    expect(lost).toMatchObject({ connected: false, launched: 11, active: 0 })
    expect(other).toMatchObject({ connected: true, launched: 49, answered: 49, failed: 0 })
    expect(answered + failed).toBe(60)
    // Held for a second at five calls a second: what was up then has gone with the switch.
    expect(causes['CONNECTION_LOST']).toBeGreaterThanOrEqual(4)
    expect(causes['CONNECTION_LOST']).toBeLessThanOrEqual(6)
    expect(warnings).toEqual([expect.stringMatching(/was lost/)])
    await two.close()
  })

  test('gets its share again when it is back', async () => {
    const two = await createTwo(
      { rate: 10, maxOffered: 100, duration: 100 },
      { reconnect: { keepSessions: 1000 } },
    )
    await two.clock.advance(2050)
    const before = first(two.originator.summary().nodes).launched
    first(two.wires).cut()
    await two.clock.run(two.running)
    const { nodes, offered, launched, warnings } = two.originator.summary()
    expect({ offered, launched, warnings }).toEqual({ offered: 100, launched: 100, warnings: [] })
    expect(first(nodes).launched).toBeGreaterThan(before + 20)
    await two.close()
  })
})

describe('all nodes lost', () => {
  test('ends the run at once where none will be back, with every call accounted for', async () => {
    const two = await createTwo({ rate: 10, duration: 0 })
    await two.clock.advance(2050)
    for (const sw of two.switches) await two.clock.run(sw.close())
    const start = two.clock.now()
    await two.clock.run(two.running)
    const { offered, launched, dropped, causes } = two.originator.summary()
    expect(two.clock.now() - start).toBeLessThan(1100)
    expect([offered, dropped]).toEqual([launched, 0])
    expect(causes).toEqual({ CONNECTION_LOST: launched })
    await two.close()
  })

  test('ends it after ten seconds where they might be, and drops the arrivals of that time', async () => {
    const two = await createTwo({ rate: 10, duration: 100 }, { reconnect: { keepSessions: 1000 } })
    await two.clock.advance(2050)
    for (const sw of two.switches) await two.clock.run(sw.close())
    await two.clock.run(two.running)
    const { offered, dropped, droppedBy, originatingMs } = two.originator.summary()
    expect(originatingMs).toBeGreaterThan(12_000)
    expect(originatingMs).toBeLessThan(12_200)
    expect(offered).toBeGreaterThan(115)
    expect(droppedBy).toEqual({ limit: 0, late: 0, nodes: dropped })
    expect(dropped).toBeGreaterThan(90)
  })
})

describe('a limit for each node', () => {
  test('sends the calls elsewhere, and drops what finds all of them full', async () => {
    const two = await createTwo({ rate: 10, nodeLimit: 5, maxOffered: 30, duration: 0 })
    await two.clock.advance(3500)
    const { nodes, droppedBy } = two.originator.progress()
    expect(nodes.map(({ active }) => active)).toEqual([5, 5])
    expect(droppedBy).toEqual({ limit: 20, late: 0, nodes: 0 })
    await two.clock.run(two.originator.hupall())
    await two.clock.run(two.running)
    await two.close()
  })
})
